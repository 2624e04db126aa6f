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

/// How rights end, who has none, and what a policy of them can cost.
@Suite struct AllotmentEndsTests {
    @Test func `whoever moves takes the rights along only once the old home has let go`()
        async throws
    {
        let scene = try await AllotmentScene()
        try await scene.visit(scene.home)
        try scene.move(scene.person, to: "茶桥村")
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
        let rules = AllotmentScene.fifty.merging(["common/allotment/valid_days": "10"]) { a, _ in a
        }
        let scene = try await AllotmentScene(rules: rules)
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
        let rules = AllotmentScene.fifty.merging(["common/allotment/floor": "15.00"]) { a, _ in a }
        let scene = try await AllotmentScene(mode: .floor, rules: rules)
        for _ in 0..<3 {
            try await scene.visit(scene.home)
            try await scene.visit(scene.away)
        }
        for device in [scene.home, scene.away] { try await device.night() }
        let claimed = try scene.year.claimed.fund
        // The home kiosk knows what it has paid itself and stops at the limit.
        #expect(claimed.fen == 5_000 + 1_500)
        let worst = WorstCase(
            .floor, limit: Money(fen: 5_000), floor: Money(fen: 1_500), kiosks: 2)
        #expect(claimed - Money(fen: 5_000) <= worst.overspend)
        #expect(try scene.year.due.fund.fen <= 5_000)
    }

    @Test func `without a mode nothing is divided and nothing is different`() async throws {
        let scene = try await AllotmentScene(mode: nil)
        #expect(try scene.office.journal.read { try $0.latest(["allotment"], limit: 1) }.isEmpty)
        #expect(try await scene.visit(scene.away)?.rights == nil)
        #expect(try await scene.visit(scene.away)?.amounts.fundTotal.fen == 1_936)
        let name = SectionName.allotments(scene.home.desk.journal.kiosk)
        #expect(try scene.home.desk.shelf.section(name) == nil)
    }

    @Test func `a device copied pays twice what it held, and never more`() async throws {
        let scene = try await AllotmentScene()
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
        let scene = try await AllotmentScene(mode: nil)
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
        let scene = try await AllotmentScene(mode: nil)
        func sentences(_ mode: AllotmentMode) throws -> [String] {
            let rules = AllotmentScene.fifty.merging(["common/allotment/mode": mode.rawValue]) {
                _, b in b
            }
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
