import Identifying
import Journaling
import Merging
import SmallCounty
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// How a person is reached, from two desks over the county and back to both.
@Suite(.onBothStores) struct ContactTests {
    @Test func `two desks change it apart, both are kept and the later one comes back to both`()
        async throws
    {
        let county = try await TestCounty()
        let clinic = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let desk = try await county.device("H41992590001", operator: ("T0001", "135790"))
        let member = county.small.members[0]
        func known(_ device: TestDevice) async throws -> Member? {
            try await device.desk.people(of: member.home.household)
                .first { $0.number == member.number }
        }
        func say(_ phone: String, at device: TestDevice) async throws {
            let person = try #require(try await known(device))
            _ = try await device.desk.reach(
                person, at: ContactDetails(phone: phone), by: device.session)
        }
        try await say("0000-5550001", at: clinic)
        county.small.clock.advance(seconds: 86_400)
        try await say("0000-5550002", at: desk)
        for device in [desk, clinic] { try await device.night() }
        let subject = Hinge.contact(member.number)
        func clashes() throws -> [Clash] {
            try county.office.store.read { try $0.clashes(of: subject) }
        }
        #expect(try clashes().map(\.kind) == [.contactChangedTwice])
        let digest = try await county.office.digest()
        #expect(try await county.office.rebuild().unchanged)
        #expect(try await county.office.digest() == digest)

        _ = try await county.office.publishDaily()
        for device in [clinic, desk] {
            try await device.night()
            #expect(try await known(device)?.phone == "0000-5550002")
        }
        // Whoever has it before them changes it without a clash.
        try await say("0000-5550003", at: clinic)
        try await clinic.night()
        #expect(try clashes().isEmpty)
        #expect(try await county.office.verify().faults == [])
    }

    @Test func `the person's page shows both, and where each was written down`() async throws {
        try await withPages { test, browser in
            var browser = browser
            let li = try test.county.member(named: "李桂华")
            for (place, phone) in [
                ("H41992500001", "0000-5550001"), ("H41992590002", "0000-5550002"),
            ] {
                let kiosk = try await PagesKiosk(test, at: place)
                let now = test.county.clock.clock.now()
                try kiosk.journal.append(
                    .contact(
                        ContactChange(
                            identity: phone, person: li.number, now: ContactDetails(phone: phone),
                            before: ContactDetails())),
                    Journal.Stamp(at: now, day: now.day, by: "D0001", session: "s"))
                try await kiosk.send()
                test.county.clock.advance(seconds: 86_400)
            }
            _ = try await browser.signIn(PagesOffice.auditor)
            let page = try await browser.get("/members/\(li.number)").text
            #expect(page.contains("▲ 0000-5550002"))
            #expect(page.contains("另一处：0000-5550001（2026-11-22 黄坳村卫生室登记）"))
            let matter = try await browser.get(
                "/matters?kind=contactChangedTwice&subject=contact%20\(li.number)")
            #expect(matter.text.contains("排在后，以此为准") && matter.text.contains("0000-5550001"))
            #expect(matter.text.contains("青龙镇医保服务站") && !matter.text.contains("李桂华"))
        }
    }
}
