import Identifying
import Rules
import Testing
import Vocabulary

@testable import Checking

private let consult = "001102000010000"
private let injection = "001204990020000"
private let trace = "81234567890123456789"

/// What is charged together; the clinic, the doctor, the way of paying.
@Suite struct ChargingRuleTests {
    @Test(arguments: [
        Case("one consult fee") { $0.encounter.items = [item(consult, "12")] },
        Case("two consult fees", ["stop secondConsultFee 2"]) {
            $0.encounter.items = [item(consult, "12"), item(consult, "12")]
        },
        Case("a consult fee again on the day", ["stop secondConsultFee 1"]) { scene in
            scene.encounter.items = [item(consult, "12")]
            scene.encounter.history = [had(consult, "12", ago: 0)]
        },
        Case("a consult fee again the next day") { scene in
            scene.encounter.items = [item(consult, "12")]
            scene.encounter.history = [had(consult, "12", ago: 1)]
        },
        Case("a consult fee once in a course of three days", ["stop secondConsultFee 1"]) { scene in
            scene.encounter.items = [item(consult, "12")]
            scene.encounter.history = [had(consult, "12", ago: 2)]
            scene.set("second_consult_fee/window", "days 3")
        },
        Case("an injection beside the consult fee", ["stop consultFeeBundle 2"]) {
            $0.encounter.items = [item(consult, "12"), item(injection, "05")]
        },
        Case("an injection alone") { $0.encounter.items = [item(injection, "05")] },
        Case("an injection after the morning's consult fee", ["stop consultFeeBundle 1"]) { scene in
            scene.encounter.items = [item(injection, "05")]
            scene.encounter.history = [had(consult, "12", ago: 0)]
        },
        Case("a syringe charged apart", ["stop suppliesApart 1"]) {
            $0.encounter.items = [item("C1402010000009909002", "08")]
        },
        Case("insulin needles") { $0.encounter.items = [item("C1408010000009909008", "08")] },
        Case("one dressing contains the other", ["stop repeatedCharge 1"]) { scene in
            scene.encounter.items = [item("SMALL", "05"), item("LARGE", "05")]
            scene.knowledge = [point("LARGE", .repeated, "SMALL", .visit)]
        },
        Case("the contained one on another visit of the day") { scene in
            scene.encounter.items = [item("SMALL", "05")]
            scene.encounter.history = [had("LARGE", "05", ago: 0)]
            scene.knowledge = [point("LARGE", .repeated, "SMALL", .visit)]
        },
        Case("the contained one later on the day", ["stop repeatedCharge 1"]) { scene in
            scene.encounter.items = [item("SMALL", "05")]
            scene.encounter.history = [had("LARGE", "05", ago: 0)]
            scene.knowledge = [point("LARGE", .repeated, "SMALL", .day)]
        },
        Case("the containing one later on the day", ["stop repeatedCharge 1"]) { scene in
            scene.encounter.items = [item("LARGE", "05")]
            scene.encounter.history = [had("SMALL", "05", ago: 0)]
            scene.knowledge = [point("LARGE", .repeated, "SMALL", .day)]
        },
        Case("the contained one the next day") { scene in
            scene.encounter.items = [item("SMALL", "05")]
            scene.encounter.history = [had("LARGE", "05", ago: 1)]
            scene.knowledge = [point("LARGE", .repeated, "SMALL", .day)]
        },
        Case("two operations of a group: all but the dearest", ["warn secondOperation 1"]) {
            scene in
            scene.encounter.level = .second
            scene.encounter.items = [item("A", "06", price: 100), item("B", "06", price: 900)]
            scene.knowledge = [point("A", .operation, "胃肠"), point("B", .operation, "胃肠")]
        },
        Case("two operations of two groups") { scene in
            scene.encounter.items = [item("A", "06"), item("B", "06")]
            scene.knowledge = [point("A", .operation, "胃肠"), point("B", .operation, "肝胆")]
        },
    ])
    func charging(_ row: Case) throws { try row.run() }

    @Test(arguments: [
        Case("licence ends today") {
            $0.encounter.staff = Encounter.Staff(licensedThrough: Scene.day)
        },
        Case("licence ended yesterday", ["stop operatorNotAllowed"]) {
            $0.encounter.staff = Encounter.Staff(licensedThrough: Scene.day.adding(days: -1))
        },
        Case("suspended through today", ["stop operatorNotAllowed"]) {
            $0.encounter.staff = Encounter.Staff(suspendedThrough: Scene.day)
        },
        Case("back on duty") {
            $0.encounter.staff = Encounter.Staff(suspendedThrough: Scene.day.adding(days: -1))
        },
        Case("agreement ended", ["stop agreementEnded"]) {
            $0.encounter.staff = Encounter.Staff(agreementThrough: Scene.day.adding(days: -1))
        },
        Case("masks from the account", ["stop accountGoods 1"]) { scene in
            scene.encounter.items = [item("C1409010000009909009", "08")]
            scene.encounter.paysFromAccount = true
        },
        Case("masks for cash") { $0.encounter.items = [item("C1409010000009909009", "08")] },
        Case("masks from the account, while typing") { scene in
            scene.encounter.items = [item("C1409010000009909009", "08")]
            scene.encounter.paysFromAccount = true
            scene.stage = .entering
        },
        Case("five people in ten minutes") { try $0.cards([2, 4, 6, 8]) },
        Case("six people in ten minutes", ["report manyCards"]) { try $0.cards([2, 4, 6, 8, 10]) },
        Case("the sixth eleven minutes ago") { try $0.cards([2, 4, 6, 8, 11]) },
        Case("at ten in the evening", ["report nightSettlement"]) {
            $0.encounter.at = at("22:00")
        },
        Case("just before ten") { $0.encounter.at = at("21:59") },
        Case("just before six", ["report nightSettlement"]) { $0.encounter.at = at("05:59") },
        Case("at six") { $0.encounter.at = at("06:00") },
        Case("the same bill half an hour ago", ["warn sameBill"]) { scene in
            scene.encounter.items = [item("A"), item("B", count: 2)]
            scene.settled(30)
        },
        Case("the same items in another order", ["warn sameBill"]) { scene in
            scene.encounter.items = [item("A"), item("B", count: 2)]
            scene.settled(5)
            scene.encounter.items.reverse()
        },
        Case("the same bill longer ago") { scene in
            scene.encounter.items = [item("A")]
            scene.settled(31)
        },
        Case("the same bill for somebody else") { scene in
            scene.encounter.items = [item("A")]
            scene.settled(5, for: try Scene.member("2", birth: "19630512", sex: 2).number)
        },
        Case("two packs and not one") { scene in
            scene.encounter.items = [item("A")]
            scene.settled(5)
            scene.encounter.items[0].quantity = Quantity(2)
        },
        Case("another diagnosis") { scene in
            scene.encounter.items = [item("A")]
            scene.settled(5)
            scene.encounter.diagnoses = ["J06.900"]
        },
        Case("nothing typed yet, and nothing charged before") { $0.settled(5) },
        Case("no trace code in 2025") { $0.encounter.items = [item("A")] },
        Case("a trace code sold before", ["warn traceCodeSoldTwice 1"]) { scene in
            scene.encounter.items = [item("A", traces: [trace])]
            scene.encounter.soldTraces = [trace]
        },
        Case(
            "one trace code on two lines",
            ["warn traceCodeSoldTwice 1", "warn traceCodeSoldTwice 2"]
        ) { $0.encounter.items = [item("A", traces: [trace]), item("B", traces: [trace])] },
    ])
    func clinic(_ row: Case) throws { try row.run() }

    @Test(arguments: [
        ([String](), "09", true), ([trace], "09", false), ([String](), "10", false),
        ([String](), "05", false), ([String(trace.dropLast())], "09", true),
        ([trace + "0"], "09", true), (["8123456789012345678x"], "11", true),
    ])
    func `from 2026 every box bears a trace code`(
        traces: [String], fee: String, fires: Bool
    ) throws {
        var scene = try Scene(day: day("2026-01-01"))
        scene.encounter.items = [item("A", fee, traces: traces)]
        #expect(try scene.found() == (fires ? ["report traceCodeMissing 1"] : []))
    }
}

extension Scene {
    /// Others settled so many minutes ago.
    fileprivate mutating func cards(_ minutesAgo: [Int]) throws {
        encounter.at = at("10:00")
        encounter.lately = try minutesAgo.enumerated().map { index, minutes in
            Encounter.Settled(
                person: try #require(PersonNumber(rawValue: "\(index + 100)")),
                at: at("10:00").adding(seconds: -60 * minutes),
                content: VisitContent(diagnoses: [], charges: []))
        }
    }

    /// The bill of this scene, settled for somebody so many minutes ago.
    fileprivate mutating func settled(_ minutesAgo: Int, for person: PersonNumber? = nil) {
        (stage, encounter.at) = (.entering, at("10:00"))
        encounter.lately.append(
            Encounter.Settled(
                person: person ?? encounter.member.number,
                at: at("10:00").adding(seconds: -60 * minutesAgo), content: encounter.content))
    }
}
