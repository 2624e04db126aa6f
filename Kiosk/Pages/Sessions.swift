import Hummingbird
import Synchronization
import Syncing
import Vocabulary

/// Who is signed in here; kept in memory only, so that a restart asks for the PIN again.
final class Sessions: Sendable {
    static let cookie = "kiosk"
    /// More people never work at one desk; the oldest sign-in gives way.
    static let most = 16

    private let open = Mutex<[Session]>([])

    subscript(token: String) -> Session? {
        open.withLock { sessions in sessions.first { sameText($0.token, token) } }
    }

    func add(_ session: Session) {
        open.withLock { sessions in
            sessions.append(session)
            if sessions.count > Sessions.most { sessions.removeFirst() }
        }
    }

    /// Ends a session; drafts and entries stay as they are.
    func end(_ session: Session) {
        open.withLock { sessions in sessions.removeAll { $0.token == session.token } }
    }

    static func cookie(_ token: String) -> Cookie {
        Cookie(
            name: cookie, value: token, maxAge: token.isEmpty ? 0 : nil, path: "/",
            httpOnly: true, sameSite: .strict)
    }
}

/// Compares without stopping at the first difference, so that the time tells nothing.
private func sameText(_ a: String, _ b: String) -> Bool {
    let (first, second) = (Array(a.utf8), Array(b.utf8))
    guard first.count == second.count else { return false }
    return zip(first, second).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
}

/// How the last attempt to reach the county ended.
final class Contact: Sendable {
    enum Outcome: Sendable, Equatable {
        case none
        case reached(Instant)
        case failed(Instant)
    }

    private let state = Mutex(Outcome.none)

    var outcome: Outcome { state.withLock { $0 } }

    func note(_ outcome: Outcome) { state.withLock { $0 = outcome } }
}
