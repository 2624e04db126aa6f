import Collecting
import Identifying
import Rules
import Testing
import Vocabulary

@Suite struct RefundTests {
    private func refund(
        _ ground: RefundGround, on asked: String, _ rules: Rulebook
    ) throws -> Refund {
        var person = try member(paid: [2025])
        person.titles = [.subsistence]
        let due = try due(from: person, for: 2026, on: day("2025-10-08"), by: rules)
        return try Collecting.refund(
            of: due, benefitFrom: day("2026-01-01"), ground: ground, askedOn: day(asked), by: rules)
    }

    @Test func `before the benefit period all four grounds give everything back`() throws {
        let rules = try rulebook("seed-2025", [:])
        let earlier = try day("2025-12-01")
        for ground in [
            RefundGround.died(earlier), .duplicate, .employee(from: earlier),
            .elsewhere(from: earlier),
        ] {
            let refund = try refund(ground, on: "2025-12-31", rules)
            #expect(refund.verdict == .beforeBenefit, "\(ground)")
            #expect(refund.toPerson + refund.toFinance == Money(fen: 40_000))
            #expect(refund.citations.contains { $0.source.contains("第十六条") })
        }
    }

    @Test func `once the benefit period has begun nothing is given back`() throws {
        let rules = try rulebook("seed-2025")
        let day = try day("2026-01-01")
        for ground in [
            RefundGround.died(day), .duplicate, .employee(from: day), .elsewhere(from: day),
        ] {
            let refund = try refund(ground, on: "2026-01-01", rules)
            #expect(refund.verdict == .benefitBegan && refund.toPerson == .zero, "\(ground)")
        }
    }

    /// Somebody who died in December is still paid back when the family asks in January, unless the
    /// region goes by the day of asking.
    @Test func `the day of the event counts, or that of asking`() throws {
        let died = RefundGround.died(try day("2025-12-28"))
        #expect(try refund(died, on: "2026-01-10", rulebook("seed-2025")).isGranted)
        let byRequest = try rulebook("seed-2025", ["refund_dated_by": "request"])
        #expect(try refund(died, on: "2026-01-10", byRequest).verdict == .benefitBegan)
    }

    @Test func `a region may give back duplicates and errors afterwards too`() throws {
        let rules = try rulebook("meishan-2025")
        #expect(try refund(.duplicate, on: "2026-03-01", rules).verdict == .afterBenefitAllowed)
        let error = try refund(.clerkError, on: "2026-03-01", rules)
        #expect(error.isGranted && error.payAgain)
        let employee = RefundGround.employee(from: try day("2026-02-01"))
        #expect(try refund(employee, on: "2026-03-01", rules).verdict == .benefitBegan)
    }

    @Test func `an error of the clerk is no ground where the region does not say so`() throws {
        let rules = try rulebook("seed-2025")
        let refund = try refund(.clerkError, on: "2025-12-01", rules)
        #expect(refund.verdict == .groundNotKnown && !refund.payAgain)
    }
}
