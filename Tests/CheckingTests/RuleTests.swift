import Identifying
import Rules
import Testing
import Vocabulary

@testable import Checking

/// One row a case: what is set up, and what is found.
struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let expected: [String]
    let setUp: @Sendable (inout Scene) throws -> Void

    init(
        _ name: String, _ expected: [String] = [],
        _ setUp: @escaping @Sendable (inout Scene) throws -> Void
    ) {
        self.name = name
        self.expected = expected
        self.setUp = setUp
    }

    var testDescription: String { name }

    func run() throws {
        var scene = try Scene()
        try setUp(&scene)
        let found = try scene.found()
        #expect(found == expected)
    }
}

/// The person, and the item for this person, visit and clinic.
@Suite struct PersonRuleTests {
    @Test(arguments: [
        Case("covered") { _ in },
        Case("not covered", ["stop notCovered"]) { $0.encounter.eligibility = .unpaid(year: 2025) },
        Case("not covered stops even without a file", ["stop notCovered"]) { scene in
            scene.encounter.eligibility = .died(Scene.day)
            scene.files = scene.files.filter { !$0.key.hasPrefix("review/not_covered") }
        },
        Case("not covered, the region only reports", ["report notCovered"]) { scene in
            scene.encounter.eligibility = .waiting(until: Scene.day)
            scene.set("not_covered/severity", "report")
        },
        Case("not recognised", ["stop kindNotRecognised"]) { $0.encounter.kind = .chronic },
        Case("recognised from today") { scene in
            scene.encounter.kind = .chronic
            scene.encounter.member.recognitions = [
                Recognition(disease: "M03900", name: "高血压", kind: .chronic, from: Scene.day)
            ]
        },
        Case("work injury only", ["stop schemeMismatch 1"]) { scene in
            scene.encounter.items = [item("A")]
            scene.knowledge = [point("A", .scheme, "workInjury")]
        },
        Case("own scheme is among those") { scene in
            scene.encounter.items = [item("A")]
            scene.knowledge = [point("A", .scheme, "workInjury"), point("A", .scheme, "390")]
        },
        Case("CT in a village", ["stop itemOutOfScope 1"]) { scene in
            scene.encounter.items = [item("002103000010000", "03")]
        },
        Case("CT at a second-level hospital") { scene in
            scene.encounter.items = [item("002103000010000", "03")]
            scene.encounter.level = .second
        },
        Case("second level only, in a village", ["stop levelTooLow 1"]) { scene in
            scene.encounter.items = [item("A")]
            scene.knowledge = [point("A", .level, "2")]
        },
        Case("second level only, there") { scene in
            scene.encounter.items = [item("A")]
            scene.encounter.level = .second
            scene.knowledge = [point("A", .level, "2")]
        },
        Case("third level only, at the second", ["stop levelTooLow 1"]) { scene in
            scene.encounter.items = [item("A")]
            scene.encounter.level = .second
            scene.knowledge = [point("A", .level, "3")]
        },
        Case("in hospital only", ["stop visitWayMismatch 2"]) { scene in
            scene.encounter.items = [item("B"), item("A")]
            scene.knowledge = [point("A", .way, "inpatient")]
        },
    ])
    func person(_ row: Case) throws { try row.run() }

    @Test(arguments: [
        Case("men's drug for a woman", ["stop sexMismatch 1"]) { scene in
            scene.encounter.items = [item("A")]
            scene.knowledge = [point("A", .sex, "1")]
        },
        Case("women's drug for a woman") { scene in
            scene.encounter.items = [item("A")]
            scene.knowledge = [point("A", .sex, "2")]
        },
        Case("prostate for a woman", ["stop sexMismatch"]) {
            $0.encounter.diagnoses = ["N40.x00"]
        },
        Case("pelvic inflammation for a man", ["stop sexMismatch"]) { scene in
            scene.encounter.member = try Scene.member("1", birth: "19630512", sex: 1)
            scene.encounter.diagnoses = ["I10.x00x002", "N73.900"]
        },
        Case("pelvic inflammation for a woman") { $0.encounter.diagnoses = ["N73.900"] },
        Case("children's form for an adult", ["warn ageMismatch 1"]) { scene in
            scene.encounter.items = [item("A")]
            scene.knowledge = [point("A", .age, "child")]
        },
        Case("children's form on the day before the eighteenth birthday") { scene in
            scene.encounter.member = try Scene.member("1", birth: "20070603", sex: 1)
            scene.encounter.items = [item("A")]
            scene.knowledge = [point("A", .age, "child")]
        },
        Case("children's form on the eighteenth birthday", ["warn ageMismatch 1"]) { scene in
            scene.encounter.member = try Scene.member("1", birth: "20070602", sex: 1)
            scene.encounter.items = [item("A")]
            scene.knowledge = [point("A", .age, "child")]
        },
        Case("newborns' on day 28") { scene in
            scene.encounter.member = try Scene.member("1", birth: "20250505", sex: 1)
            scene.encounter.items = [item("A")]
            scene.knowledge = [point("A", .age, "newborn")]
        },
        Case("newborns' on day 29", ["warn ageMismatch 1"]) { scene in
            scene.encounter.member = try Scene.member("1", birth: "20250504", sex: 1)
            scene.encounter.items = [item("A")]
            scene.knowledge = [point("A", .age, "newborn")]
        },
        Case("the region counts children to twelve", ["warn ageMismatch 1"]) { scene in
            scene.encounter.member = try Scene.member("1", birth: "20120601", sex: 1)
            scene.encounter.items = [item("A")]
            scene.knowledge = [point("A", .age, "child")]
            scene.set("age_mismatch/groups", "{child: \"..12 years\"}")
        },
        Case("quinolone for a child", ["stop ageForbidden 1"]) { scene in
            scene.encounter.member = try Scene.member("1", birth: "20150601", sex: 1)
            scene.encounter.items = [item("A")]
            scene.knowledge = [point("A", .ageForbidden, "child")]
        },
        Case("quinolone for an adult") { scene in
            scene.encounter.items = [item("A")]
            scene.knowledge = [point("A", .ageForbidden, "child")]
        },
        Case("restricted drug, other diagnosis", ["warn diagnosisMissing 1"]) { scene in
            scene.encounter.items = [item("A")]
            scene.encounter.diagnoses = ["I10.x00x002"]
            scene.knowledge = [point("A", .diagnosis, "E11*;N18*")]
        },
        Case("restricted drug, second diagnosis fits") { scene in
            scene.encounter.items = [item("A")]
            scene.encounter.diagnoses = ["I10.x00x002", "E11.900"]
            scene.knowledge = [point("A", .diagnosis, "E11*;N18*")]
        },
        Case("restricted drug, no diagnosis typed yet") { scene in
            scene.encounter.items = [item("A")]
            scene.knowledge = [point("A", .diagnosis, "E11*")]
        },
    ])
    func item_(_ row: Case) throws { try row.run() }
}

/// Price and quantity.
@Suite struct QuantityRuleTests {
    @Test(arguments: [
        Case("price at the limit") { $0.encounter.items = [item("A", price: 800, limit: 800)] },
        Case("price above the limit", ["report priceAboveLimit 1"]) {
            $0.encounter.items = [item("A", price: 1000, limit: 800)]
        },
        Case("price above the limit, the region stops it", ["stop priceAboveLimit 1"]) { scene in
            scene.encounter.items = [item("A", price: 1000, limit: 800)]
            scene.set("price_above_limit/severity", "stop")
        },
        Case("sold for what it was bought") { scene in
            scene.encounter.items = [item("A", price: 500)]
            scene.encounter.items[0].purchasePrice = Money(fen: 500)
        },
        Case("sold for a fen more", ["report priceAbovePurchase 1"]) { scene in
            scene.encounter.items = [item("A", price: 501)]
            scene.encounter.items[0].purchasePrice = Money(fen: 500)
        },
        Case("seven days") { $0.encounter.items = [item("A", days: 7)] },
        Case("eight days", ["warn supplyTooLong 1"]) { $0.encounter.items = [item("A", days: 8)] },
        Case("thirty days for a chronic disease") { scene in
            scene.encounter.items = [item("A", days: 30)]
            scene.recognise()
        },
        Case("thirty-one days for a chronic disease", ["warn supplyTooLong 1"]) { scene in
            scene.encounter.items = [item("A", days: 31)]
            scene.recognise()
        },
        Case("84 days", ["warn supplyTooLong 1"]) { $0.encounter.items = [item("A", days: 84)] },
        Case("85 days", ["stop supplyBeyondLongest 1", "warn supplyTooLong 1"]) {
            $0.encounter.items = [item("A", days: 85)]
        },
        Case("the region allows a fortnight to the old") { scene in
            scene.encounter.items = [item("A", days: 14)]
            scene.set(
                "supply_too_long/days", "[{when: {age: 60..}, value: 14}, {value: 7}]",
                unit: "days")
        },
        Case("switched off") { scene in
            scene.encounter.items = [item("A", days: 20)]
            scene.set("supply_too_long/severity", "\"off\"")
        },
        Case("eight days left of the last supply", ["warn repeatedSupply 1"]) { scene in
            scene.encounter.items = [item("A", days: 7)]
            scene.encounter.history = [had("A", days: 30, ago: 22)]
        },
        Case("seven days left of the last supply") { scene in
            scene.encounter.items = [item("A", days: 7)]
            scene.encounter.history = [had("A", days: 30, ago: 23)]
        },
        Case("course full to the day") { scene in
            scene.encounter.items = [item("A", days: 7)]
            scene.encounter.history = [had("A", days: 7, ago: 8)]
            scene.knowledge = [point("A", .course, "14")]
        },
        Case("course passed by a day", ["warn courseTooLong 1"]) { scene in
            scene.encounter.items = [item("A", days: 7)]
            scene.encounter.history = [had("A", days: 8, ago: 8)]
            scene.knowledge = [point("A", .course, "14")]
        },
        Case("an old course is forgotten after the window") { scene in
            scene.encounter.items = [item("A", days: 7)]
            scene.encounter.history = [had("A", days: 14, ago: 90)]
            scene.knowledge = [point("A", .course, "14")]
        },
        Case("twice a day") { scene in
            scene.encounter.items = [item("G", "04", count: 2)]
            scene.knowledge = [point("G", .frequency, "2", .day)]
        },
        Case("thrice a day, once in the morning", ["warn tooFrequent 1"]) { scene in
            scene.encounter.items = [item("G", "04", count: 2)]
            scene.encounter.history = [had("G", "04", ago: 0)]
            scene.knowledge = [point("G", .frequency, "2", .day)]
        },
        Case("again within the cycle", ["warn tooFrequent 1"]) { scene in
            scene.encounter.items = [item("G", "04")]
            scene.encounter.history = [had("G", "04", ago: 14)]
            scene.knowledge = [point("G", .cycle, "1", .days(15))]
        },
        Case("again after the cycle") { scene in
            scene.encounter.items = [item("G", "04")]
            scene.encounter.history = [had("G", "04", ago: 15)]
            scene.knowledge = [point("G", .cycle, "1", .days(15))]
        },
        Case("five drugs") { $0.encounter.items = "ABCDE".map { item("\($0)") } },
        Case("six drugs", ["warn tooManyDrugs"]) {
            $0.encounter.items = "ABCDEF".map { item("\($0)") }
        },
        Case("five drugs and a service") {
            $0.encounter.items = "ABCDE".map { item("\($0)") } + [item("F", "05")]
        },
    ])
    func quantity(_ row: Case) throws { try row.run() }
}

extension Scene {
    mutating func recognise() {
        encounter.kind = .chronic
        encounter.member.recognitions = [
            Recognition(disease: "M03900", name: "高血压", kind: .chronic, from: Scene.day)
        ]
    }
}
