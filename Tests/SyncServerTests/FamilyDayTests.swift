import Allotting
import DemoCounty
import Foundation
import Identifying
import Journaling
import Merging
import Pricing
import Settling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// A relative's account from the county's night to the visit and back, with real desks and a real
/// office.
@Suite struct FamilyDayTests {
    @Test
    func `the account's home holds the rights, a visit takes them, the county counts the owner`()
        async throws
    {
        let scene = try await FamilyScene()
        #expect(try await scene.here(scene.home) == 8_000)
        #expect(try await scene.here(scene.away) == 0)
        let visit = try await scene.visit(scene.home)
        #expect(visit.amounts.personPart.fen == 484)
        #expect(visit.family == [FamilyPayment(owner: scene.owner.number, amount: Money(fen: 484))])
        #expect(try await scene.here(scene.home) == 8_000 - 484)
        for _ in 0..<2 { try await scene.scene.night() }
        #expect(try scene.drawn == 484)
        let owners = try #require(try scene.ownersYear)
        #expect(try scene.rights.map(\.spent) == [484])
        #expect(owners.claimed.visits == 0)
        #expect(try scene.scene.year.claimed.visits == 1)
        // The roll that went out that night says the lower balance, to the patient's desk too.
        #expect(
            try scene.away.desk.shelf.member(scene.owner.number)?.account.fen == 10_000 - 484)
        let balance = try scene.office.balance(BalanceInput(by: .clinic))
        #expect(balance.sum == .zero && balance.groups.allSatisfy { $0.sum == .zero })
        #expect(try await scene.office.rebuild().unchanged)
        #expect(try await scene.office.verify().faults == [])
    }

    @Test func `two clinics apart never draw more than the balance`() async throws {
        let scene = try await FamilyScene(rules: ["390/outpatient/limit_year": "0.01"])
        for number in 0..<12 {
            try await scene.visit(number % 2 == 0 ? scene.home : scene.away, fen: 2_400)
            // Now and then the second clinic asks for more.
            if number == 5 {
                let order = try await scene.scene.order(scene.away, fen: 9_000)
                let wire = scene.scene.county.wire(scene.away.desk)
                #expect(
                    try await scene.away.desk.draw(
                        for: order, by: scene.away.session, over: wire))
            }
        }
        for _ in 0..<3 { try await scene.scene.night() }
        #expect(try scene.drawn == 10_000)
        #expect(try scene.rights.reduce(0) { $0 + $1.beyond } == 0)
        for device in [scene.home, scene.away] { #expect(try await scene.here(device) == 0) }
    }

    @Test func `away online the account is drawn from once, offline it waits at home`() async throws
    {
        let scene = try await FamilyScene(balance: 2_000, village: "茶桥村")
        // The patient is at home, the account's rights lie at the other clinic.
        let order = try await scene.scene.order(scene.home)
        #expect(try await scene.home.desk.quote(order).byAccounts.total == .zero)
        let wire = scene.scene.county.wire(scene.home.desk)
        for _ in 0..<2 {
            _ = try await scene.home.desk.draw(for: order, by: scene.home.session, over: wire)
        }
        let given = try scene.ownersYear?.rights?.filter {
            $0.holder == scene.home.desk.journal.kiosk
        }
        // The reserve holds a fifth of 20.00; of 4.84 the first 4.00 are there.
        #expect(given?.map(\.granted) == [400])
        let visit = try await scene.settle(order, at: scene.home)
        #expect(visit.family?.total.fen == 400 && visit.tenders["cash"]?.fen == 84)
        #expect(visit.rights?.parts.compactMap(\.owner) == [scene.owner.number])
        try await scene.scene.night()
        #expect(try scene.drawn == 400)
    }

    @Test func `somebody of another township is known to the county alone`() async throws {
        let scene = try await FamilyScene(township: "419925102")
        #expect(try scene.home.desk.shelf.member(scene.owner.number) == nil)
        let order = try await scene.scene.order(scene.home)
        let before = try await scene.home.desk.quote(order)
        #expect(before.byAccounts.total == .zero && before.drawableByAccounts.fen == 484)
        let wire = scene.scene.county.wire(scene.home.desk)
        #expect(
            try await scene.home.desk.draw(for: order, by: scene.home.session, over: wire))
        let visit = try await scene.settle(order, at: scene.home)
        #expect(visit.family?.total.fen == 484)
        let slip = try await scene.home.desk.slip(
            scene.home.desk.journal.read { try $0.head().sequence })
        #expect(slip.payments.contains { $0.label.contains("\(scene.owner.number)".suffix(4)) })
        try await scene.scene.night()
        #expect(try scene.drawn == 484)
    }

    @Test(arguments: ["unlinked", "resident", "died"])
    func `the county gives nothing of an account that its roll does not share`(_ why: String)
        async throws
    {
        let scene = try await FamilyScene(village: "茶桥村")
        var (person, owner) = (scene.scene.person, scene.owner)
        switch why {
        case "unlinked": person.familyAccounts = nil
        case "resident": owner.scheme = .resident
        default: owner.coverage.died = scene.home.desk.today
        }
        let changed = [person, owner]
        try scene.office.store.write { try $0.put(changed) }
        // The desk's roll is of the night before.
        let order = try await scene.scene.order(scene.home)
        let wire = scene.scene.county.wire(scene.home.desk)
        let refused = OfficeFault.accountNotShared(owner.number)
        await #expect(throws: refused) {
            try await scene.home.desk.draw(for: order, by: scene.home.session, over: wire)
        }
        #expect(
            try scene.ownersYear?.rights?.contains { $0.holder == scene.home.desk.journal.kiosk }
                != true)
    }

    @Test func `a request asks for one limit once, of an account and nothing else of its owner's`()
        async throws
    {
        let scene = try await FamilyScene(balance: 2_000, village: "茶桥村")
        let desk = scene.home.desk
        func asked(_ limit: Counter, times: Int) async throws -> [Int] {
            let lack = try #require(
                DrawRequest.Lack(of: limit, use: 900, held: 0, owner: scene.owner.number))
            let request = try DrawRequest(
                order: "o\(times)", kiosk: desk.journal.kiosk, person: scene.scene.person.number,
                day: desk.today, lacking: [DrawRequest.Lack](repeating: lack, count: times),
                key: desk.key)
            let answer = try await scene.office.draw(
                try CompactJSON.encode(request), from: desk.journal.kiosk)
            let trust = await desk.trust
            return try DrawAnswer(bytes: answer, to: request, trust: trust).allotment.rows.map(
                \.amount.fen)
        }
        #expect(try await asked(.ownAccount, times: 2) == [400])
        await #expect(throws: OfficeFault.accountNotShared(scene.owner.number)) {
            try await asked(AllotmentScene.yearly, times: 1)
        }
    }

    @Test func `what is kept for the owner is not given away`() async throws {
        let scene = try await FamilyScene(
            balance: 2_000, village: "茶桥村", rules: ["390/account/family_keeps": "1.00"])
        let order = try await scene.scene.order(scene.home)
        let wire = scene.scene.county.wire(scene.home.desk)
        _ = try await scene.home.desk.draw(for: order, by: scene.home.session, over: wire)
        let visit = try await scene.settle(order, at: scene.home)
        #expect(visit.family?.total.fen == 300)
    }

    @Test func `a void gives everything back, to the fen`() async throws {
        let scene = try await FamilyScene()
        try await scene.visit(scene.home)
        let last = try scene.home.desk.journal.read { try $0.head().sequence }
        _ = try await scene.home.desk.void(last, reason: "开错", by: scene.home.session)
        #expect(try await scene.here(scene.home) == 8_000)
        for _ in 0..<2 { try await scene.scene.night() }
        #expect(try scene.drawn == 0)
        #expect(try scene.rights.map(\.spent) == [0])
        #expect(try await scene.here(scene.home) == 8_000)
        #expect(try await scene.office.rebuild().unchanged)
    }

    @Test func `whoever moves takes the account along once the old home has let go`() async throws {
        let scene = try await FamilyScene()
        try await scene.visit(scene.home)
        try scene.scene.move(scene.owner, to: "茶桥村")
        for _ in 0..<3 { try await scene.scene.night() }
        #expect(try await scene.here(scene.home) == 0)
        #expect(try await scene.here(scene.away) > 7_000)
        #expect(try await scene.visit(scene.away).family?.total.fen ?? 0 > 0)
        for _ in 0..<2 { try await scene.scene.night() }
        let open = try scene.rights.reduce(0) { $0 + $1.left }
        #expect(try scene.drawn + open <= 10_000)
    }

    @Test func `where nothing is divided the last known balance is spent`() async throws {
        let scene = try await FamilyScene(mode: nil, balance: 1_000)
        #expect(try await scene.here(scene.home) == 1_000)
        let first = try await scene.visit(scene.home)
        #expect(first.rights == nil && first.family?.total == first.amounts.personPart)
        #expect(try await scene.here(scene.home) == 1_000 - 484)
        // The other clinic has not heard of it.
        #expect(try await scene.here(scene.away) == 1_000)
        for _ in 0..<2 { try await scene.scene.night() }
        #expect(try await scene.here(scene.home) == 1_000 - 484)
        #expect(try await scene.here(scene.away) == 1_000 - 484)
    }

    /// A relative's visit is no visit of the owner's: not in the history that review rules look at.
    @Test func `the owner's own visits are told apart from those paid for others`() async throws {
        let scene = try await FamilyScene()
        try await scene.visit(scene.home)
        let patient = try await scene.home.desk.patient(
            Identified(member: scene.owner, assurance: .name))
        #expect(patient.history.isEmpty && patient.account.fen == 10_000 - 484)
        #expect(patient.holdings?.rights(to: .ownAccount) == 8_000 - 484)
    }
}
