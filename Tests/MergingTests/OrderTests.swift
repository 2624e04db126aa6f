import Journaling
import Merging
import SmallCounty
import Testing
import Vocabulary

/// Canonical order: the day, then the kiosk, then the number; seen in which of two receipts stands.
@Suite struct OrderTests {
    let histories: Histories

    init() throws { histories = try Histories() }

    /// A journal with some visits before its one receipt.
    private func journal(_ number: Int, visitsBefore: Int, day: Int) throws -> [Placed] {
        var random = SeededNumbers(seed: 1)
        var journal = OneJournal(
            kiosk: KioskID(rawValue: "K000\(number)") ?? .nobody, histories: histories)
        let on = histories.day.adding(days: day)
        for _ in 0..<visitsBefore { try journal.settle(Money(fen: 500), on: on, &random) }
        try journal.contribute(on: on, &random)
        return journal.entries
    }

    private func standing(_ entries: [Placed]) -> String? {
        histories.fold(entries).contributions.first.map { "\($0.kiosk) \($0.sequence)" }
    }

    @Test func `on one day the kiosk decides, whatever the number`() throws {
        let entries =
            try journal(1, visitsBefore: 3, day: 0) + journal(2, visitsBefore: 0, day: 0)
        #expect(standing(entries) == "K0001 4" && standing(entries.reversed()) == "K0001 4")
    }

    @Test func `the day decides before the kiosk`() throws {
        let entries =
            try journal(1, visitsBefore: 0, day: 5) + journal(2, visitsBefore: 2, day: 4)
        #expect(standing(entries) == "K0002 3" && standing(entries.reversed()) == "K0002 3")
    }
}
