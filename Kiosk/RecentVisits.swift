import Journaling
import Vocabulary

/// The newest visits of this journal, carried along from bill to bill: while a bill is typed the
/// review rules ask for them again and again, and each entry is read and unsealed once.
struct RecentVisits {
    /// Visits and their voids, the newest first.
    private var entries: [Entry] = []
    /// How many were asked for so far.
    private var reach = 0
    private var through = 0

    private static let kinds = ["visit", "visitVoid"]

    /// Visits that stand among the last visits and voids, the newest first.
    ///
    /// - Parameter limit: how many visits and voids are looked at.
    mutating func standing(
        _ limit: Int, in journal: Journal
    ) throws -> [(visit: Visit, at: Instant)] {
        try journal.read { try catchUp(limit, $0) }
        let seen = entries.prefix(limit)
        let voided = Set(
            seen.compactMap { entry in
                if case .visitVoid(let void) = entry.fact { void.voids } else { nil }
            })
        return seen.compactMap { entry in
            guard case .visit(let visit) = entry.fact, !voided.contains(entry.header.sequence)
            else { return nil }
            return (visit, entry.header.at)
        }
    }

    private mutating func catchUp(_ limit: Int, _ reader: JournalReader) throws {
        let head = try reader.head().sequence
        if limit > reach {
            entries = try reader.latest(RecentVisits.kinds, limit: limit)
            reach = limit
        } else if head > through {
            let new = try reader.latest(RecentVisits.kinds, behind: through, limit: reach)
            entries = Array((new + entries).prefix(reach))
        }
        through = head
    }
}
