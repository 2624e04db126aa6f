import Allotting
import Hosting
import Identifying
import Journaling
import Merging
import Pricing
import Rules
import Syncing
import Vocabulary

// Yearly limits divided among kiosks: at night rights that have ended are closed, home kiosks are
// given their part of what is unspent, and what somebody else needs is asked back. Every right is an
// entry of the office's own journal, and what is left of it is folded from entries.
extension Office {
    /// Closes what has ended, then gives the home kiosks their part.
    ///
    /// - Returns: how many rights were given.
    @discardableResult
    func allot() throws -> Int {
        let night = AllotmentNight(self)
        guard try night.isDivided else { return 0 }
        try foldBacklog()
        guard try knowsRights() else { return 0 }
        let ended = try store.read { try night.ended($0) }
        try write(ended.flatMap { holder, year, rows in closings(holder, year, rows) })
        let given = try store.read { try night.refills($0) }
        try write(given.flatMap { holder, terms, rows in allotments(holder, terms, rows) })
        return given.reduce(0) { $0 + $1.2.count }
    }

    func write(_ facts: [Fact]) throws {
        guard !facts.isEmpty else { return }
        let now = clock.now()
        for fact in facts {
            try journal.append(fact, Journal.Stamp(at: now, day: now.day, by: "", session: ""))
        }
        try takeOwnEntries()
    }

    private func allotments(
        _ holder: KioskID, _ year: AllotmentNight.Year, _ rows: [Allotment.Row]
    ) -> [Fact] {
        rows.chunks(of: Allotment.mostRows).map { rows in
            .allotment(
                Allotment(
                    identity: hex(randomness.bytes(Office.rightBytes)), holder: holder,
                    year: year.year, expires: year.expiry(after: year.terms.validDays), rows: rows))
        }
    }

    private func closings(_ holder: StoredJournal, _ year: Int, _ rows: [RightsClosed.Row])
        -> [Fact]
    {
        rows.chunks(of: Allotment.mostRows).map { rows in
            .rightsClosed(
                RightsClosed(
                    identity: hex(randomness.bytes(Office.rightBytes)), holder: holder.kiosk,
                    year: year, through: holder.through, rows: rows))
        }
    }

    /// Six random bytes name an allotment: short, since every visit repeats it.
    private static let rightBytes = 6

    /// The nightly section of every device: the rights it holds, and which of them are asked back.
    nonisolated func allotmentSections(
        _ session: any LedgerSession, by rules: Rulebook
    ) throws -> [String: [UInt8]] {
        let night = AllotmentNight(clock.now(), rules)
        guard try night.isDivided else { return [:] }
        var sections: [String: [UInt8]] = [:]
        let rows = try night.held(session)
        for journal in try session.journals() where journal.isServed {
            let own = (rows[journal.kiosk] ?? []).sorted {
                ($0.owner, $0.right) < ($1.owner, $1.right)
            }
            sections[SectionName.allotments(journal.kiosk)] = try Lines.encode(own)
        }
        return sections
    }
}

extension Array {
    fileprivate func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
