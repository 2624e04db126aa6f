import Hosting
import Journaling
import Syncing
import Vocabulary

/// An operator at work, from signing in to signing out.
struct Session: Sendable, Hashable {
    let id: String
    let person: Operator
    /// Proves to the page that it is the one that signed in.
    let token: String
}

/// Wrong PINs of one operator; five in a row close the door for five minutes.
struct PINAttempts: Sendable {
    var wrong = 0
    var closedUntil = Instant(milliseconds: 0)

    static let most = 5
    static let pauseSeconds = 300
}

extension Desk {
    /// Who may do what is decided here, for screens and commands alike.
    func require(_ role: Role, _ session: Session) throws {
        guard session.person.role == role else { throw Refusal.roleNotAllowed(needed: role) }
    }

    /// Signs an operator in by PIN, offline, and journals it.
    func signIn(_ id: String, pin: String) throws -> Session {
        let now = clock.now()
        let attempts = attempts[id] ?? PINAttempts()
        guard now >= attempts.closedUntil else {
            throw Refusal.signInClosed(until: attempts.closedUntil)
        }
        guard let person = try shelf.operators().first(where: { $0.id == id }),
            try PIN.matches(pin, person)
        else {
            throw wrongPIN(id, attempts, now)
        }
        self.attempts[id] = nil
        let session = Session(
            id: hex(randomness.bytes(4)), person: person, token: hex(randomness.bytes(32)))
        try journal.append(.signedIn(SignIn(role: person.role)), stamp(session))
        return session
    }

    private func wrongPIN(_ id: String, _ attempts: PINAttempts, _ now: Instant) -> Refusal {
        var attempts = attempts
        attempts.wrong += 1
        let left = PINAttempts.most - attempts.wrong
        if left <= 0 {
            attempts = PINAttempts(closedUntil: now.adding(seconds: PINAttempts.pauseSeconds))
        }
        self.attempts[id] = attempts
        return left <= 0 ? .signInClosed(until: attempts.closedUntil) : .wrongPIN(left: left)
    }
}
