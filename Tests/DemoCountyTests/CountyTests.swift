import DemoCounty
import Foundation
import Identifying
import Testing
import Vocabulary

@Suite("The demo county")
struct CountyTests {
    private func survey() throws -> Survey { try Survey.whole.get() }

    /// The lines of the first people; villages are independent, so they stand for all.
    private func opening(seed: UInt64) throws -> [UInt8] {
        let county = try demoCounty(seed: seed)
        var (lines, count) = (MemberLine(), 0)
        do {
            try county.forEachMember { member in
                lines.append(member)
                lines.endLine()
                count += 1
                if count == 6_000 { throw Unexpected.enough }
            }
        } catch Unexpected.enough {}
        return lines.bytes
    }

    @Test("is the same for the same seed and another for another")
    func deterministic() throws {
        let first = try opening(seed: 2026)
        #expect(try first == opening(seed: 2026))
        #expect(try first != opening(seed: 2027))
        #expect(try demoCounty(seed: 7).operators == demoCounty(seed: 7).operators)
        #expect(try demoCounty(seed: 7).townships != demoCounty(seed: 8).townships)
    }

    @Test("has the promised people, places and operators")
    func counts() throws {
        let survey = try survey()
        #expect(survey.people == 400_000)
        #expect(survey.perTownship.count == 15)
        #expect(survey.perTownship["419925101"] == 27_000)
        #expect(survey.householdNumbers.count == survey.households)
        #expect((3.1...3.5).contains(Double(survey.people) / Double(survey.households)))
        let kinds = Dictionary(grouping: survey.county.institutions, by: \.kind).mapValues(\.count)
        #expect(kinds == [.village: 250, .township: 15, .county: 1])
        #expect(Set(survey.county.institutions.map(\.code)).count == 266)
        #expect(Set(survey.county.townships.flatMap(\.villages).map(\.name)).count == 250)
    }

    @Test("gives every person numbers nobody else has")
    func unique() throws {
        let survey = try survey()
        #expect(survey.identities.count == 400_000)
        #expect(survey.numbers.count == 400_000)
        #expect(survey.credentials.allSatisfy { $0 })
        #expect(survey.numbers.allSatisfy { $0.rawValue.utf8.count == 20 })
        #expect(survey.numbers.allSatisfy { $0.rawValue.hasPrefix("419925") })
        for identity in survey.identities {
            if (try? IdentityNumber(identity.description)) != identity {
                Issue.record("\(identity) is not valid")
            }
        }
    }

    @Test("has households that could be families")
    func coherent() throws {
        #expect(try survey().incoherent == [])
    }

    @Test(
        "comes near the shares of a real county",
        arguments: [
            ("310", 3.6...4.4), ("familyDoctor", 42...48), ("subsistence", 3...4.1),
            ("destitute", 0.5...0.9), ("lowIncome", 1.2...1.8), ("severeDisability", 1.1...1.5),
            ("familyPlanning", 0.3...0.5), ("suspended", 1.3...1.7), ("died", 0.5...0.75),
            ("moved", 0.65...0.95), ("waiting", 0.85...1.15), ("unpaid", 1.7...2.3),
            ("paidAhead", 23...27), ("newborn", 0.05...0.3), ("I10", 7...14), ("E11", 2.5...5),
        ] as [(String, ClosedRange<Double>)])
    func shares(trait: String, percent: ClosedRange<Double>) throws {
        let share = Double(try survey().counts[trait, default: 0]) / 4_000
        #expect(percent.contains(share))
    }

    @Test("writes the bytes of the product's own encoder")
    func sameBytes() throws {
        var count = 0
        do {
            try demoCounty().forEachMember { member in
                var line = MemberLine()
                line.append(member)
                let expected = try CompactJSON.encode(member)
                try #require(line.bytes == expected)
                count += 1
                if count == 3_000 { throw Unexpected.enough }
            }
        } catch Unexpected.enough {}
        #expect(count == 3_000)
    }

    @Test("knows the operators of the handbook")
    func operators() throws {
        let operators = try demoCounty().operators
        let known = [
            "D0001,王医生,villageDoctor,H41992500001,246810",
            "T0001,刘会计,townshipCollector,H41992590001,135790",
            "C0001,张科长,countyClerk,H41992599999,112233",
            "C0002,何主任,countyClerk,H41992599999,445566",
        ]
        #expect(Set(operators.map(\.line)).isSuperset(of: known))
        #expect(Set(operators.map(\.id)).count == operators.count)
        #expect(operators.allSatisfy { $0.pin.utf8.count == 6 && Int($0.pin) != nil })
    }

    @Test("says which file is missing")
    func missingFixtures() {
        #expect(throws: FixtureFault.unreadable(path: "/nowhere/county/surnames.txt")) {
            try NameBook(fixtures: "/nowhere")
        }
    }
}
