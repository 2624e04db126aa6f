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
    @Test func `the home kiosk holds its part, the county keeps a reserve, and nobody else any`()
        async throws
    {
        let scene = try await AllotmentScene()
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
        let scene = try await AllotmentScene()
        for number in 0..<8 {
            try await scene.visit(number % 3 == 0 ? scene.home : scene.away)
            scene.county.small.clock.advance(seconds: 600)
        }
        for device in [scene.away, scene.home] {
            _ = try await device.desk.send(
                scene.county.wire(device.desk))
        }
        #expect(try scene.paid == 4_000)
        for device in [scene.home, scene.away] {
            for (visit, slip) in try await scene.slips(device) {
                let cut = visit.amounts.fundTotal
                #expect(slip.contains { $0.contains("按比例报销") && $0.hasSuffix("= 19.36") })
                // Who gets less is told how much could be had here, and what follows.
                let why = "本站今天可用额度 \(cut)，其余先自付，县里收到后补给"
                #expect(slip.contains(why) == (cut.fen < 1_936), "\(slip)")
            }
        }
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

    /// Where nothing is divided: one clinic settles all eight, and every slip says what is left.
    @Test func `eight claims at one clinic end at the ceiling, and every slip says so`()
        async throws
    {
        let scene = try await AllotmentScene(mode: nil)
        for _ in 0..<8 { try await scene.visit(scene.home) }
        let slips = try await scene.slips(scene.home)
        let paid = [1_936, 1_936, 1_128, 0, 0, 0, 0, 0]
        #expect(slips.map(\.visit.amounts.fundTotal.fen) == paid)
        var used = Money.zero
        for (visit, slip) in slips {
            let why = "两者取小(19.36, 50.00 - \(used)) = \(visit.amounts.fundTotal)"
            let first = "两者取小(19.36, 50.00) = 19.36"
            let isSaid = slip.contains {
                $0.contains("限额内实付 " + why) || used == .zero && $0.contains(first)
            }
            #expect(isSaid, "\(slip)")
            used += visit.amounts.fundTotal
        }
    }

    @Test func `rights left at home are given back where somebody waits elsewhere`() async throws {
        let scene = try await AllotmentScene()
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
        let scene = try await AllotmentScene()
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
        let scene = try await AllotmentScene()
        let (home, away) = (scene.home.desk, scene.away.desk)
        func request(_ kiosk: KioskID, _ key: DeviceKey) throws -> [UInt8] {
            try CompactJSON.encode(
                try DrawRequest(
                    order: "o", kiosk: kiosk, person: scene.person.number,
                    day: scene.county.small.clock.clock.now().day,
                    lacking: [
                        try #require(
                            DrawRequest.Lack(of: AllotmentScene.yearly, use: 500, held: 0))
                    ], key: key))
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
}
