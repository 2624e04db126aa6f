import Allotting
import DemoCounty
import Identifying
import Journaling
import Merging
import Pricing
import SmallCounty
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// Two clinics of one township and somebody who lives in the first one's village.
struct AllotmentScene {
    static let yearly = Counter(.paid, "outpatient")
    /// A ceiling of 50.00, 80 %, no deductible.
    static let fifty = [
        "390/outpatient/rate": "0.80", "390/outpatient/limit_year": "50.00",
        "390/outpatient/deductible": "0.00",
    ]

    let county: TestCounty
    let home: TestDevice
    let away: TestDevice
    let person: Member

    var office: Office { county.office }

    init(
        mode: AllotmentMode? = .strict, rules: [String: String] = AllotmentScene.fifty,
        changed: (SmallCounty) throws -> [Member] = { _ in [] }
    ) async throws {
        county = try await TestCounty(mode: mode, rules: rules, changed: changed)
        home = try await county.device("H41992500001", operator: ("D0001", "246810"))
        away = try await county.device("H41992500002", operator: ("D0002", "246810"))
        person = try county.small.member(.liGuihua)
        try await night()
    }

    /// The roll says that somebody lives in another village of the township.
    func move(_ member: Member, to village: String) throws {
        var moved = member
        moved.home.village = village
        let member = moved
        try office.store.write { try $0.put([member]) }
    }

    /// Everything a night does, and both clinics at it.
    func night() async throws {
        try await office.bookAdjustments()
        try await office.allot()
        try await office.publishDaily()
        for device in [home, away] { try await device.night() }
    }

    var year: PersonYear {
        get throws {
            try office.store.read { try $0.personYear(person.number, 2026) }
                ?? PersonYear(person: person.number, year: 2026)
        }
    }

    /// What the fund has paid: settled, and booked afterwards.
    var paid: Int {
        get throws {
            let year = try year
            let booked = year.corrections.flatMap { $0.booked.values.flatMap(\.values) }.sum()
            return (year.claimed.fund + booked).fen
        }
    }

    func held(_ device: TestDevice) async throws -> Int {
        try await device.desk.holdings(of: person.number)?.rights(to: AllotmentScene.yearly)
            ?? -1
    }

    func order(_ device: TestDevice, fen: Int = 2_420) async throws -> Order {
        let identified = Identified(member: person, assurance: .name)
        let patient = try await device.desk.patient(identified)
        var order = Order(id: county.small.randomness.identity(), patient: patient.identified)
        order.diagnoses = ["I10.x00x002"]
        order.lines = [
            Order.Line(
                code: "XC08CAQ866A001010199001", quantity: Quantity(tenThousandths: fen * 25),
                price: Money(fen: 400), days: 7)
        ]
        return order
    }

    @discardableResult
    func visit(_ device: TestDevice) async throws -> Visit? {
        let entry = try await device.desk.settle(
            try await order(device), paying: .all(.cash), by: device.session)
        if case .visit(let visit) = entry.fact { return visit }
        return nil
    }

    /// A device's visits in order, each with what its slip gives as reasons.
    func slips(_ device: TestDevice) async throws -> [(visit: Visit, reasons: [String])] {
        var slips: [(Visit, [String])] = []
        let entries = try device.desk.journal.read { try $0.entries(after: 0, limit: 1_000) }
        for entry in entries {
            guard case .visit(let visit) = entry.fact else { continue }
            slips.append((visit, try await device.desk.slip(entry.header.sequence).reasons))
        }
        return slips
    }
}
