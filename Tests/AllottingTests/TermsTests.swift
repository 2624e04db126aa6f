import Pricing
import Rules
import Testing
import Vocabulary

@testable import Allotting

/// What rule files say of dividing, and what a choice among them may cost.
@Suite struct TermsTests {
    private let day = Day(year: 2027, month: 3, day: 1) ?? Day(number: 0)
    private let outpatient = Counter(.paid, "outpatient")

    private func terms(
        _ mode: String, _ limits: [String] = ["paid/outpatient"]
    ) throws -> AllotmentTerms {
        let values: [String: Parameter.Value] = [
            "mode": .word(mode), "limits": .words(limits), "floor": .money(Money(fen: 1_500)),
            "reserve": .share(Share(millionths: 200_000)),
            "refill_below": .share(Share(millionths: 500_000)), "valid_days": .count(60),
            "drawn_days": .count(3), "ahead_days": .count(10),
        ]
        let parameters = values.map { name, value in
            Parameter(
                path: AllotmentTerms.folder + "/" + name, description: "", unit: .word,
                reviewedOn: day, values: [.init(from: day, value: value, source: "测试")])
        }
        return try AllotmentTerms(
            by: Rulebook(region: "x", parameters: parameters), on: day)
    }

    @Test func `strict and floor divide, optimistic does not`() throws {
        #expect(try terms("strict").isDivided && terms("floor").isDivided)
        #expect(try terms("optimistic") == .none)
        #expect(!AllotmentTerms.none.isDivided)
        #expect(throws: RulebookFault.self) { try terms("generous") }
    }

    @Test func `a floor is paid where policy grants one, of money, and of no account`() throws {
        let limits = ["paid/outpatient", "visits/chronic", "account/own"]
        #expect(try terms("floor", limits).floors == [outpatient: 1_500])
        #expect(try terms("strict", limits).floors == [outpatient: 0])
    }

    @Test(arguments: ["paid/outpatient@M03", "paid/outpatient@Q1", "paid", "幸运/outpatient"])
    func `a limit that is of no year, or that nobody knows, is refused`(_ limit: String) {
        #expect(throws: RulebookFault.self) { try terms("strict", ["paid/outpatient", limit]) }
    }

    @Test func `a copied device adds what it held, and a floor where there is one`() {
        let (yearly, floor) = (Money(fen: 200_000), Money(fen: 3_000))
        func copied(_ mode: AllotmentMode, _ floor: Money) -> Int {
            WorstCase(mode, limit: yearly, floor: floor, kiosks: 250).copied.fen
        }
        #expect(copied(.strict, floor) == 200_000)
        #expect(copied(.floor, floor) == 203_000)
        #expect(copied(.floor, Money(fen: 900_000)) == 400_000)
        #expect(copied(.optimistic, floor) == 200_000)
    }
}

/// Sums over rights, and their ends, told one by one.
@Suite struct RightsFoldTests {
    private let end = Instant(startOf: Day(year: 2027, month: 3, day: 31) ?? Day(number: 0))
    private let home = KioskID(rawValue: "K0001") ?? .nobody
    private let away = KioskID(rawValue: "K0002") ?? .nobody
    private let outpatient = Counter(.paid, "outpatient")

    private func right(_ id: String, _ amount: Int) -> Right {
        Right(
            id: id, holder: home, owner: owner, year: 2027, limit: outpatient,
            amount: amount, expires: end)
    }

    private func spending(_ amount: Int, at sequence: Int, by holder: KioskID? = nil) -> Spending {
        Spending(right: "a", amount: amount, holder: holder ?? home, sequence: sequence)
    }

    private func closing(_ through: Int) -> Closing {
        Closing(right: "a", holder: home, through: through)
    }

    private func fold(_ spent: [Spending], _ closed: [Closing] = []) -> RightsFold {
        RightsFold(granted: [right("a", 120), right("b", 80)], spent: spent, closed: closed)
    }

    @Test func `only what a right covers is spent by right`() {
        let spent = [spending(100, at: 7), spending(50, at: 9), spending(20, at: 3, by: away)]
        #expect(fold(spent).spent == [outpatient: 120])
        #expect(fold(spent, [closing(8)]).spent == [outpatient: 100])
        #expect(fold([]).spent == [:])
    }

    @Test func `the earlier end counts, and the entry it names still does`() {
        let spent = [spending(30, at: 8), spending(20, at: 9)]
        #expect(fold(spent, [closing(9), closing(8)]).states.first?.beyond == 20)
        #expect(fold(spent, [closing(9)]).states.first?.beyond == 0)
    }

    @Test func `whoever asks is given what was asked for, out of the reserve`() {
        let division = Division(limit: 1_000, used: 300, outstanding: 200)
        #expect([-5, 0, 40, 500, 900].map(division.grant) == [0, 0, 40, 500, 500])
    }

    @Test func `what is left of all rights is outstanding, and of none less than nothing`() {
        #expect(fold([spending(50, at: 7)]).outstanding == [outpatient: 150])
        let overspent = fold([spending(500, at: 7)])
        #expect(overspent.outstanding == [outpatient: 80])
        #expect(overspent.states.first?.left == 0)
        #expect(fold([], [closing(1)]).outstanding == [outpatient: 80])
    }

    @Test func `what was given back is not held, and a floor is of a divided limit`() throws {
        func holdings(_ closed: [Closing], _ floors: [Counter: Int]) -> Holdings {
            Holdings(
                of: home, [right("a", 120), right("b", 80)], spent: [], closed: closed,
                limits: [outpatient], floors: floors,
                on: Day(year: 2027, month: 3, day: 1) ?? Day(number: 0),
                latest: end.adding(seconds: -1))
        }
        #expect(holdings([closing(1)], [:]).held == [outpatient: 80])
        #expect(holdings([], [outpatient: -50]).held == [outpatient: 200])
        #expect(holdings([], [Counter(.paid, "other"): 50]).floors == [:])
        let taking = try #require(holdings([], [:]).take([outpatient: 130]))
        #expect(taking.parts.map(\.amount) == [120, 10] && taking.floors == [:])
    }
}
