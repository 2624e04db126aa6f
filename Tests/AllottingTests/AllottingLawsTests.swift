import Foundation
import Pricing
import SmallCounty
import Testing
import Vocabulary

@testable import Allotting

/// What holds in every history: rights are spent once, and never more of them than the limit.
@Suite struct AllottingLawsTests {
    static let seeds =
        0..<(ProcessInfo.processInfo.environment["ALLOTTING_SEEDS"].flatMap(Int.init) ?? 400)

    @Test func `honest devices never pay past the limit, whatever comes in which order`() {
        var paid = 0
        for seed in Self.seeds {
            var random = SeededNumbers(seed: UInt64(seed))
            var history = History(&random)
            for step in 0..<60 {
                history.step(&random)
                let division = history.division
                #expect(history.paid <= history.whole, "seed \(seed), step \(step)")
                #expect(
                    division.used + division.outstanding <= division.limit,
                    "seed \(seed), step \(step)")
                #expect(history.fold.states.allSatisfy { $0.beyond == 0 }, "seed \(seed)")
            }
            paid += history.paid
        }
        #expect(paid > 0)
    }

    @Test func `once everything has come back, all that was asked for is paid up to the limit`() {
        for seed in Self.seeds.prefix(500) {
            var random = SeededNumbers(seed: UInt64(seed))
            var history = History(&random)
            for _ in 0..<60 { history.step(&random) }
            for place in history.devices.indices {
                history.deliver(place)
                for right in history.devices[place].rights.sorted(by: { $0.id < $1.id }) {
                    history.devices[place].write(.released(right.id), history.truth)
                }
                history.sync(place)
            }
            history.follow()
            let claims = history.devices.reduce(0) { $0 + $1.claims(through: $1.journal.count) }
            let spent = history.paid - history.followed
            #expect(history.paid == min(history.whole, spent + claims), "seed \(seed)")
            #expect(history.division.outstanding == 0, "seed \(seed)")
        }
    }

    @Test func `the fold is one of sets: order and repetition change nothing`() {
        for seed in Self.seeds.prefix(300) {
            var random = SeededNumbers(seed: UInt64(seed))
            var history = History(&random)
            for _ in 0..<60 { history.step(&random) }
            let spent = history.devices.flatMap { $0.spendings() }
            let closed = history.closings + history.devices.flatMap { $0.closings() }
            let straight = RightsFold(granted: history.granted, spent: spent, closed: closed)
            let other = RightsFold(
                granted: (history.granted + history.granted).shuffled(using: &random),
                spent: (spent + spent).shuffled(using: &random),
                closed: (closed + closed).shuffled(using: &random))
            #expect(straight == other, "seed \(seed)")
        }
    }

    @Test func `a copied device costs at most what it held`() {
        var most = 0
        for seed in Self.seeds {
            var random = SeededNumbers(seed: UInt64(seed))
            var history = History(&random)
            for _ in 0..<30 { history.step(&random) }
            let place = random.next(below: history.devices.count)
            history.deliver(place)
            let held =
                history.devices[place].rights.isEmpty
                ? 0
                : history.fold.states.filter { $0.holder == history.devices[place].id }
                    .reduce(0) { $0 + $1.left }
            // The copy goes on apart; the county finds it at first contact and gives both no more.
            var copy = history.devices[place]
            let before = copy.spendings().count
            history.copied = place
            for _ in 0..<30 {
                history.step(&random)
                copy.visit(1 + random.next(below: 6_000), history.truth)
            }
            let more = copy.spendings().dropFirst(before).reduce(0) { $0 + $1.amount }
            #expect(more <= held, "seed \(seed)")
            #expect(history.paid + more <= history.whole + held, "seed \(seed)")
            most = max(most, history.paid + more - history.whole)
        }
        #expect(most > 0, "some copy did harm, or the test is blind")
    }
}

/// The cases that are told one by one.
@Suite struct AllottingCaseTests {
    private let start = Instant(startOf: Day(year: 2027, month: 3, day: 1) ?? Day(number: 0))
    private let home = KioskID(rawValue: "K0001") ?? .nobody
    private let away = KioskID(rawValue: "K0002") ?? .nobody

    private func right(
        _ id: String, _ amount: Int, days: Int = 30, of limit: Counter = limit, year: Int = 2027
    ) -> Right {
        Right(
            id: id, holder: home, owner: owner, year: year, limit: limit, amount: amount,
            expires: start.adding(seconds: days * 86_400))
    }

    private func holdings(
        _ rights: [Right], spent: [Spending] = [], closed: [Closing] = [],
        floors: [Counter: Int] = [:], after days: Int = 0
    ) -> Holdings {
        let now = start.adding(seconds: days * 86_400)
        return Holdings(
            of: home, rights, spent: spent, closed: closed, limits: [limit], floors: floors,
            on: now.day, latest: now)
    }

    @Test func `what expires first is spent first, and the floor last`() throws {
        let held = holdings([right("b", 500, days: 60), right("a", 300)], floors: [limit: 100])
        #expect(held.held == [limit: 900])
        let taking = try #require(held.take([limit: 850]))
        #expect(taking.parts.map(\.right) == ["a", "b"])
        #expect(taking.parts.map(\.amount) == [300, 500])
        #expect(taking.floors == [limit: 50])
        #expect(held.take([limit: 901]) == nil)
        #expect(held.take([Counter(.paid, "other"): 5])?.parts == [])
    }

    @Test func `nothing is spent of a right that has expired, is another's, or of another year`() {
        #expect(holdings([right("a", 300)], after: 29).rights(to: limit) == 300)
        #expect(holdings([right("a", 300)], after: 30).rights(to: limit) == 0)
        #expect(holdings([right("a", 300, year: 2026)]).rights(to: limit) == 0)
        #expect(holdings([right("a", 300, of: Counter(.paid, "other"))]).held == [limit: 0])
        let others = Holdings(
            of: away, [right("a", 300)], spent: [], closed: [], limits: [limit], on: start.day,
            latest: start)
        #expect(others.rights(to: limit) == 0)
    }

    @Test func `a right told twice is one right, and a spending one spending`() {
        let spending = Spending(right: "a", amount: 100, holder: home, sequence: 7)
        let held = holdings([right("a", 300), right("a", 300)], spent: [spending, spending])
        #expect(held.rights(to: limit) == 200)
    }

    @Test func `what is spent behind a closing, by another, or beyond the amount is shown`() {
        let spendings = [
            Spending(right: "a", amount: 100, holder: home, sequence: 7),
            Spending(right: "a", amount: 50, holder: home, sequence: 9),
            Spending(right: "a", amount: 20, holder: away, sequence: 3),
        ]
        let closing = Closing(right: "a", holder: home, through: 8)
        func state(_ closed: [Closing]) -> RightState? {
            RightsFold(granted: [right("a", 120)], spent: spendings, closed: closed).states.first
        }
        #expect(state([])?.beyond == 50)
        #expect(state([closing])?.beyond == 70)
        #expect(state([closing])?.left == 0)
        // Only the holder's journal says when the holder stopped.
        let strange = Closing(right: "a", holder: away, through: 1)
        #expect(state([strange])?.isClosed == false)
    }

    @Test func `relatives share the rights of an account's owner`() throws {
        let account = right("a", 1_000, of: .ownAccount)
        let held = Holdings(
            of: home, [account],
            spent: [Spending(right: "a", amount: 400, holder: home, sequence: 3)], closed: [],
            limits: [.ownAccount], on: start.day, latest: start)
        let taking = try #require(held.take([.ownAccount: 600]))
        #expect(taking.parts.map(\.owner) == [owner])
        #expect(held.take([.ownAccount: 601]) == nil)
    }

    @Test func `holder and county never both have a right, whatever their clocks say`() {
        let end = start.adding(seconds: 100)
        for ahead in stride(from: -500, through: 500, by: 25) {
            let now = start.adding(seconds: ahead)
            let latest = Clocks.latest(now, bound: nil, written: now)
            let may = Clocks.holderMaySpend(end, latest: latest)
            // The holder's last word is its own time: it cannot be beyond the end while it may.
            #expect(
                !(may
                    && Clocks.countyMayReclaim(end, earliest: end.adding(seconds: 900), heard: now))
            )
        }
        #expect(!Clocks.countyMayReclaim(end, earliest: end.adding(seconds: 1), heard: nil))
        #expect(!Clocks.countyMayReclaim(end, earliest: end, heard: end))
        // A clock set back does not give time back.
        let written = end.adding(seconds: 5)
        #expect(
            !Clocks.holderMaySpend(end, latest: Clocks.latest(start, bound: 0, written: written)))
        #expect(Clocks.latest(start, bound: 60_000, written: nil) == start.adding(seconds: 60))
    }

    @Test func `the home kiosk gets its part of what is unspent, out of the reserve alone`() {
        let kept = Share(millionths: 200_000)
        let half = Share(millionths: 500_000)
        let rows: [(used: Int, outstanding: Int, home: Int, refill: Int)] = [
            (0, 0, 0, 800), (0, 800, 800, 0), (500, 300, 300, 0), (700, 100, 100, 140),
            (700, 250, 100, 50), (1_000, 0, 0, 0), (1_200, 0, 0, 0), (600, 400, 0, 0),
        ]
        for row in rows {
            let division = Division(limit: 1_000, used: row.used, outstanding: row.outstanding)
            #expect(
                division.refill(kept: kept, below: half, home: row.home) == row.refill, "\(row)")
        }
        #expect(
            Division(limit: 1, used: 0, outstanding: 0).refill(kept: kept, below: half, home: 0)
                == 1)
        // However little a share of it is, nobody is left with nothing.
        #expect(
            Division(limit: 1, used: 0, outstanding: 0).refill(kept: kept, below: kept, home: 0)
                == 1)
        #expect(Division(limit: 100, used: 30, outstanding: 50).grant(90) == 20)
    }

    @Test func `the worst case of each mode is what it is called`() {
        let (yearly, floor) = (Money(fen: 200_000), Money(fen: 3_000))
        #expect(WorstCase(.strict, limit: yearly, floor: floor, kiosks: 250).overspend == .zero)
        #expect(
            WorstCase(.floor, limit: yearly, floor: floor, kiosks: 250).overspend.fen == 750_000)
        #expect(
            WorstCase(.optimistic, limit: yearly, floor: floor, kiosks: 250).overspend.fen
                == 249 * 200_000)
        #expect(
            WorstCase(.floor, limit: Money(fen: 10), floor: floor, kiosks: 3).overspend.fen == 30)
        #expect(WorstCase(.optimistic, limit: yearly, floor: floor, kiosks: 0).overspend == .zero)
    }
}
