import Allotting
import DemoCounty
import Foundation
import Identifying
import Journaling
import Merging
import Pricing
import Publishing
import Rules
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// Yearly limits divided among kiosks, from the county's night to the slip and back.
@Suite struct AllotmentTests {
    static let yearly = Counter(.paid, "outpatient")
    /// A ceiling of 50.00, 80 %, no deductible.
    static let fifty = [
        "390/outpatient/rate": "0.80", "390/outpatient/limit_year": "50.00",
        "390/outpatient/deductible": "0.00",
    ]

    /// Two clinics of one township and somebody who lives in the first one's village.
    struct Scene {
        let county: TestCounty
        let home: TestDevice
        let away: TestDevice
        let person: Member

        var office: Office { county.office }

        init(
            mode: AllotmentMode? = .strict, rules: [String: String] = AllotmentTests.fifty
        ) async throws {
            county = try await TestCounty(mode: mode, rules: rules)
            home = try await county.device("H41992500001", operator: ("D0001", "246810"))
            away = try await county.device("H41992500002", operator: ("D0002", "246810"))
            person = try county.small.member(.liGuihua)
            try await night()
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
                let booked = year.corrections.flatMap(\.booked.values).sum()
                return (year.claimed.fund + booked).fen
            }
        }

        func held(_ device: TestDevice) async throws -> Int {
            try await device.desk.holdings(of: person.number)?.rights(to: AllotmentTests.yearly)
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
    }

    @Test func `the home kiosk holds its part, the county keeps a reserve, and nobody else any`()
        async throws
    {
        let scene = try await Scene()
        #expect(try await scene.held(scene.home) == 4_000)
        #expect(try await scene.held(scene.away) == 0)
        // A second night gives nothing more.
        #expect(try await scene.office.allot() == 0)
        let people = scene.county.small.members.filter { $0.coverage.died == nil }
        let given = try scene.office.journal.read { try $0.latest(["allotment"], limit: 10) }
        let rows = given.reduce(0) { sum, entry in
            if case .allotment(let allotment) = entry.fact {
                sum + allotment.rows.count
            } else {
                sum
            }
        }
        #expect(rows > 0 && rows <= 2 * people.count)
        #expect(try await scene.office.rebuild().unchanged)
        #expect(try await scene.office.verify().faults == [])
    }

    @Test func `eight claims at two clinics that never hear of each other pay fifty`()
        async throws
    {
        let scene = try await Scene()
        for number in 0..<8 {
            try await scene.visit(number % 3 == 0 ? scene.home : scene.away)
            scene.county.small.clock.advance(seconds: 600)
        }
        for device in [scene.away, scene.home] {
            _ = try await device.desk.send(
                scene.county.wire(device.desk))
        }
        #expect(try scene.paid == 4_000)
        var most = 0
        for _ in 0..<4 {
            try await scene.night()
            most = max(most, try scene.paid)
        }
        #expect(try scene.paid == 5_000)
        #expect(most <= 5_000)
        let year = try scene.year
        #expect(year.claimed.visits == 8)
        #expect(year.waiting == nil)
        #expect(year.owed.fen == 1_000)
        #expect(!year.clashes.contains { $0.kind == .limitOverspent })
        let balance = try scene.office.balance(BalanceInput(by: .clinic))
        #expect(balance.sum == .zero && balance.groups.allSatisfy { $0.sum == .zero })
        #expect(try await scene.office.rebuild().unchanged)
    }

    @Test func `rights left at home are given back where somebody waits elsewhere`() async throws {
        let scene = try await Scene()
        // Nothing at home, three visits away: 38.72 + 11.28 follow out of 10.00 and 40.00 at home.
        for _ in 0..<3 { #expect(try await scene.visit(scene.away)?.amounts.fundTotal == .zero) }
        try await scene.away.night()
        #expect(try scene.year.due.fund.fen == 1_000)
        #expect(try scene.year.waiting?.fen == 4_000)
        try await scene.night()
        #expect(try scene.paid == 1_000)
        let released = try scene.home.desk.journal.read {
            try $0.latest(["rightsClosed"], limit: 5)
        }
        #expect(released.count == 1)
        try await scene.night()
        #expect(try scene.paid == 5_000)
        #expect(try await scene.held(scene.home) == 0)
        #expect(try await scene.visit(scene.home)?.amounts.fundTotal == .zero)
    }

    @Test func `a visit away draws from the reserve, and asking twice draws once`() async throws {
        let scene = try await Scene()
        let order = try await scene.order(scene.away)
        let before = try await scene.away.desk.quote(order)
        #expect(before.quote.amounts.fundTotal == .zero)
        #expect(before.follows.fen == 1_936)

        // The answer is lost on the way, twice.
        struct Lost: Error {}
        let (desk, session) = (scene.away.desk, scene.away.session)
        let live = scene.county.wire(desk)
        let losing = Carrier(
            send: live.send, manifest: live.manifest, section: live.section,
            draw: { request in
                _ = try await live.draw(request)
                throw Lost()
            })
        for _ in 0..<2 {
            await #expect(throws: Lost.self) {
                try await desk.draw(for: order, by: session, over: losing)
            }
        }
        #expect(try await desk.draw(for: order, by: session, over: live))
        let given = try scene.year.rights?.filter { $0.holder == desk.journal.kiosk } ?? []
        #expect(given.map(\.granted) == [1_000])

        let entry = try await desk.settle(order, paying: .all(.cash), by: session)
        guard case .visit(let visit) = entry.fact else { return }
        #expect(visit.amounts.fundTotal.fen == 1_000)
        #expect(visit.rights?.parts.map(\.right) == given.map(\.id))
        let slip = try await desk.slip(entry.header.sequence)
        #expect(slip.reasons.contains { $0.contains("县里收到后补给") }, "\(slip.reasons)")
        // The reserve is used up: nothing more is given, and the visit goes on all the same.
        let next = try await scene.order(scene.away)
        #expect(try await !desk.draw(for: next, by: session, over: live))
        #expect(try await scene.visit(scene.away)?.amounts.fundTotal == .zero)
        try await scene.away.night()
        #expect(try scene.year.rights?.reduce(0) { $0 + $1.beyond } == 0)
    }

    @Test func `only the device that asks is answered`() async throws {
        let scene = try await Scene()
        let (home, away) = (scene.home.desk, scene.away.desk)
        func request(_ kiosk: KioskID, _ key: DeviceKey) throws -> [UInt8] {
            try CompactJSON.encode(
                try DrawRequest(
                    order: "o", kiosk: kiosk, person: scene.person.number,
                    day: scene.county.small.clock.clock.now().day, held: [:],
                    wanted: [Self.yearly: 500], key: key))
        }
        let office = scene.office
        let forged = try request(away.journal.kiosk, home.key)
        await #expect(throws: OfficeFault.unsigned(away.journal.kiosk)) {
            try await office.draw(forged, from: away.journal.kiosk)
        }
        let others = try request(away.journal.kiosk, away.key)
        await #expect(throws: OfficeFault.unknownDevice(away.journal.kiosk)) {
            try await office.draw(others, from: home.journal.kiosk)
        }
        let answer = try await office.draw(others, from: away.journal.kiosk)
        let asked = try CompactJSON.decode(DrawRequest.self, from: others)
        let trust = await away.trust
        #expect(try DrawAnswer(bytes: answer, to: asked, trust: trust).allotment.rows.count == 1)
        let mine = try CompactJSON.decode(
            DrawRequest.self, from: try request(home.journal.kiosk, home.key))
        #expect(throws: DocumentFault.otherRecipient) {
            _ = try DrawAnswer(bytes: answer, to: mine, trust: trust)
        }
    }

    @Test func `whoever moves takes the rights along only once the old home has let go`()
        async throws
    {
        let scene = try await Scene()
        try await scene.visit(scene.home)
        var moved = scene.person
        moved.home.village = "茶桥村"
        let member = moved
        try scene.office.store.write { try $0.put([member]) }
        try await scene.office.allot()
        // The old home has not heard of it: the new one gets part of the reserve at most.
        #expect(try scene.year.rights?.map(\.granted).reduce(0, +) ?? 0 <= 5_000)
        for _ in 0..<3 { try await scene.night() }
        #expect(try await scene.held(scene.home) == 0)
        #expect(try await scene.held(scene.away) > 2_000)
        let year = try scene.year
        let outstanding = (year.rights ?? []).reduce(0) { $0 + $1.left }
        #expect(year.claimed.fund.fen + outstanding <= 5_000)
    }

    @Test func `what has expired is spent by nobody until the county has heard and gives again`()
        async throws
    {
        let rules = Self.fifty.merging(["common/allotment/valid_days": "10"]) { a, _ in a }
        let scene = try await Scene(rules: rules)
        try await scene.visit(scene.home)
        scene.county.small.clock.advance(seconds: 11 * 86_400)
        #expect(try await scene.held(scene.home) == 0)
        #expect(try await scene.visit(scene.home)?.amounts.fundTotal == .zero)
        // The county waits for the holder's word, however late it is.
        try await scene.office.allot()
        #expect(try scene.year.rights?.contains { $0.isClosed } == false)
        try await scene.home.night()
        try await scene.office.allot()
        let states = try scene.year.rights ?? []
        #expect(states.contains { $0.isClosed && $0.spent == 1_936 })
        for _ in 0..<2 { try await scene.night() }
        #expect(try scene.year.due.fund.fen == 2 * 1_936)
        #expect(try await scene.held(scene.home) > 0)
        #expect(try await scene.office.rebuild().unchanged)
    }

    @Test func `a floor is paid once for each person and kiosk, and the bound is the computed one`()
        async throws
    {
        let rules = Self.fifty.merging(["common/allotment/floor": "15.00"]) { a, _ in a }
        let scene = try await Scene(mode: .floor, rules: rules)
        for _ in 0..<3 {
            try await scene.visit(scene.home)
            try await scene.visit(scene.away)
        }
        for device in [scene.home, scene.away] { try await device.night() }
        let claimed = try scene.year.claimed.fund
        #expect(claimed.fen == 4_000 + 2 * 1_500)
        let worst = WorstCase(
            .floor, limit: Money(fen: 5_000), floor: Money(fen: 1_500), kiosks: 2)
        #expect(claimed - Money(fen: 5_000) <= worst.overspend)
        #expect(try scene.year.due.fund.fen <= 5_000)
    }

    @Test func `without a mode nothing is divided and nothing is different`() async throws {
        let scene = try await Scene(mode: nil)
        #expect(try scene.office.journal.read { try $0.latest(["allotment"], limit: 1) }.isEmpty)
        #expect(try await scene.visit(scene.away)?.rights == nil)
        #expect(try await scene.visit(scene.away)?.amounts.fundTotal.fen == 1_936)
        let name = SectionName.allotments(scene.home.desk.journal.kiosk)
        #expect(try scene.home.desk.shelf.section(name) == nil)
    }

    @Test func `a device copied pays twice what it held, and never more`() async throws {
        let scene = try await Scene()
        let folder = scene.county.folder.path
        let kiosk = scene.home.desk.journal.kiosk
        let copy = folder + "/copy"
        try FileManager.default.copyItem(atPath: folder + "/\(kiosk)", toPath: copy)
        let twin = TestDevice(
            desk: try Desk(
                provision: scene.home.desk.provision, folder: copy,
                clock: scene.county.small.clock.clock, randomness: SmallCounty.seeded(99)),
            session: scene.home.session, county: scene.county)
        var paid = 0
        for device in [scene.home, twin] {
            for _ in 0..<4 { paid += try await scene.visit(device)?.amounts.fundTotal.fen ?? 0 }
        }
        #expect(paid == 8_000)
        try await scene.home.night()
        await #expect(throws: (any Error).self) { try await twin.night() }
        #expect(try scene.year.due.fund.fen <= 5_000)
        // The contested device is given nothing more.
        try await scene.office.allot()
        let granted = (try scene.year.rights ?? []).filter { $0.holder == kiosk }
        #expect(granted.reduce(0) { $0 + $1.granted } == 4_000)
    }

    @Test func `the mode changes with a year or not at all`() async throws {
        let scene = try await Scene(mode: nil)
        let office = scene.office
        for (day, isFine) in [("2028-07-01", false), ("2028-01-01", true)] {
            let draft = Draft(
                prices: [],
                parameters: [
                    Draft.ParameterChange(
                        path: "common/allotment/mode", value: "floor",
                        from: try #require(Day(day)), source: "县局测试文件")
                ], note: "改")
            if isFine {
                _ = try await office.publish(draft, by: "C0001", pin: "112233")
            } else {
                await #expect(throws: (any Error).self) {
                    try await office.publish(draft, by: "C0001", pin: "112233")
                }
            }
        }
    }

    @Test func `the worst case stands in yuan before anybody signs`() async throws {
        let scene = try await Scene(mode: nil)
        func sentences(_ mode: AllotmentMode) throws -> [String] {
            let rules = Self.fifty.merging(["common/allotment/mode": mode.rawValue]) { _, b in b }
            let book = try scene.county.small.content(over: rules).rulebook()
            return try scene.office.store.read {
                try WorstCases(book, on: scene.county.small.clock.clock.now().day, $0).sentences
            }
        }
        #expect(try sentences(.strict).first?.contains("最多多付 0.00 元") == true)
        // Two clinics: one whole limit, or two floors of 30.00.
        #expect(try sentences(.optimistic).first?.contains("每人每年最多多付 50.00 元") == true)
        #expect(try sentences(.floor).first?.contains("每人每年最多多付 60.00 元") == true)
    }
}
