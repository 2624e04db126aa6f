import Journaling
import Syncing
import Vocabulary

/// The posts that sign-ins stated, remembered for the length of a transaction: every visit of a
/// shift asks for the same one.
final class StatedPosts {
    /// A sign-in, in the order in which a session's are told apart.
    struct Stated: Hashable {
        let sequence: Int
        let hash: Fingerprint
        let role: Role?

        fileprivate static func precedes(_ a: Stated, _ b: Stated) -> Bool {
            (a.sequence, a.hash) < (b.sequence, b.hash)
        }
    }

    private var bySession: [Session: [Stated]] = [:]

    private struct Session: Hashable {
        let kiosk: KioskID
        let session: String
    }

    /// What the sign-ins of a session stated, in order.
    func stated(
        in kiosk: KioskID, _ session: String, _ read: () throws -> [Stated]
    ) rethrows -> [Stated] {
        let key = Session(kiosk: kiosk, session: session)
        if let known = bySession[key] { return known }
        let stated = try read().sorted(by: Stated.precedes)
        bySession[key] = stated
        return stated
    }

    /// One more sign-in; nothing is remembered of a session that nobody asked for.
    func add(_ stated: Stated, of kiosk: KioskID, _ session: String) {
        let key = Session(kiosk: kiosk, session: session)
        guard let slot = bySession.index(forKey: key) else { return }
        let known = bySession.values[slot].lastIndex { !Stated.precedes(stated, $0) }
        if let known, bySession.values[slot][known] == stated { return }
        bySession.values[slot].insert(stated, at: known.map { $0 + 1 } ?? 0)
    }

    func forget(_ kiosk: KioskID, _ session: String) {
        bySession[Session(kiosk: kiosk, session: session)] = nil
    }
}
