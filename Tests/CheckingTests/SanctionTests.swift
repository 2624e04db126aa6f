import Rules
import Testing
import Vocabulary

@testable import Checking

/// Published penalties and fines, to the fen; named by their worked example.
@Suite struct SanctionTests {
    let rules: Rulebook

    init() throws { rules = try Scene().rules }

    @Test(arguments: [
        ("W091", Sanction.Kind.agreementPenalty, 30, "117840.40", "35352.12"),
        ("W093", .agreementPenalty, 30, "7785.49", "2335.65"),
        ("W094", .institutionFraud, 500, "2716.00", "13580.00"),
        ("W096", .institutionFraud, 350, "3282.80", "11489.80"),
    ])
    func `worked examples`(
        id: String, kind: Sanction.Kind, percent: Int, amount: String, fine: String
    ) throws {
        let result = try sanction(
            kind, on: try #require(Money(yuan: amount)), percent: percent, reason: id,
            day: Scene.day, by: rules)
        #expect(result.fine.description == fine, "\(id)")
    }

    @Test func `the usual figure needs no reason, another one does`() throws {
        let amount = Money(fen: 100_00)
        let usual = try sanction(.personFraud, on: amount, day: Scene.day, by: rules)
        #expect(usual.fine == Money(fen: 200_00))
        #expect(throws: SanctionFault.reasonNeeded(usual: 200)) {
            try sanction(.personFraud, on: amount, percent: 300, day: Scene.day, by: rules)
        }
    }

    @Test(arguments: [(199, false), (200, true), (500, true), (501, false)])
    func `nothing outside the range`(percent: Int, allowed: Bool) throws {
        let result = Result { () throws(SanctionFault) in
            try sanction(
                .personFraud, on: Money(fen: 1), percent: percent, reason: "测试", day: Scene.day,
                by: rules)
        }
        switch result {
        case .success(let sanction): #expect(allowed && sanction.fine.fen == percent / 100)
        case .failure(let fault):
            #expect(!allowed && fault == .outsideRange(percent, least: 200, most: 500))
        }
    }

    @Test func `half a fen goes up, and no amount is no sanction`() throws {
        let half = try sanction(
            .agreementPenalty, on: Money(fen: 5), day: Scene.day, by: rules)
        #expect(half.fine == Money(fen: 2))
        #expect(throws: SanctionFault.amountNotPositive(.zero)) {
            try sanction(.agreementPenalty, on: .zero, day: Scene.day, by: rules)
        }
        #expect(throws: SanctionFault.self) {
            try sanction(.agreementPenalty, on: half.fine, day: day("2024-12-31"), by: rules)
        }
    }
}
