import Hummingbird
import HummingbirdTesting
import Journaling
import Merging
import Publishing
import SmallCounty
import Testing
import Vocabulary

@testable import SyncServer

@Suite struct PagesTroubleTests {
    @Test func `a forked journal shows its branches, and two clerks decide which count`()
        async throws
    {
        try await withPages { test, browser in
            var browser = browser
            let kiosk = try await PagesKiosk(test, at: "H41992500001")
            try await kiosk.send()
            let clone = try PagesKiosk(cloneOf: kiosk)
            await #expect(throws: (any Error).self) { try await clone.send() }
            _ = try await browser.signIn(PagesOffice.auditor)
            #expect(try await browser.get("/").text.contains("/kiosks/K0001/fork"))
            let fork = try await browser.get("/kiosks/K0001/fork")
            #expect(fork.text.contains(Texts.branchName(0)))
            #expect(fork.text.contains(Texts.branchName(1)))
            #expect(!fork.text.contains("name=\"pin\""), "an auditor only looks")
            #expect(try await browser.get("/kiosks").text.contains("■"))
            try await decide(test, &browser, kiosk)
        }
    }

    private func decide(
        _ test: PagesOffice, _ browser: inout Browser, _ kiosk: PagesKiosk
    ) async throws {
        let starts = try test.office.store.read {
            try $0.branches(of: kiosk.journal.kiosk).starts
        }
        #expect(starts.count == 2)
        let path = "/kiosks/K0001/fork"
        _ = try await browser.signIn(PagesOffice.first)
        _ = try await browser.post(
            path,
            [
                "branch-\(starts[0].hash)": "counts", "branch-\(starts[1].hash)": "counts",
                "reason": "都真实", "pin": PagesOffice.first.1,
            ])
        func standings() throws -> Set<Branches.Standing> {
            try Set(test.office.store.read { try $0.beyond(kiosk.journal.kiosk) }.values)
        }
        #expect(try standings() == [.held])
        // The same person's confirmation has no effect.
        let proposed = try test.office.store.read {
            try $0.waitingDecision(on: kiosk.journal.kiosk)
        }
        let number = try #require(proposed?.sequence)
        _ = try await browser.post(
            path,
            ["step": "confirm", "proposal": "\(number)", "pin": PagesOffice.first.1])
        #expect(try standings() == [.held])
        _ = try await browser.signIn(PagesOffice.second)
        let waiting = try await browser.get(path).text
        #expect(waiting.contains("name=\"proposal\" value=\"\(number)\""))
        _ = try await browser.post(
            path,
            ["step": "confirm", "proposal": "\(number)", "pin": PagesOffice.second.1])
        #expect(try standings() == [.counts])
    }

    @Test func `an outdated policy stands beside what was in force`() async throws {
        try await withPages { test, browser in
            var browser = browser
            let kiosk = try await PagesKiosk(test, at: "H41992500001")
            let li = try test.county.member(named: "李桂华")
            try await kiosk.visit(li, packs: 100, price: 390)
            try await kiosk.send()
            _ = try await browser.signIn(PagesOffice.first)
            _ = try await browser.post(
                "/policy/draft/price/" + PagesOffice.amlodipine,
                ["price": "3.50", "limit": "3.60", "from": "2026-11-01"])
            let draft = try await browser.get("/policy/draft").text
            let (day, today) = (try #require(Day("2026-11-01")), test.office.today)
            #expect(today > day && draft.contains(Texts.pricedAgain(day, 1)))
            _ = try await test.office.publish(
                try #require(try JSONDraft.of(test, PagesOffice.first.0)),
                by: PagesOffice.first.0, pin: PagesOffice.first.1)
            _ = try await test.office.release(
                by: PagesOffice.second.0, pin: PagesOffice.second.1)
            let rows = try test.office.store.read { try $0.clashes(limit: 5) }
            let row = try #require(rows.first)
            #expect(row.clash.kind == .policyOutOfDate)
            let page = try await browser.get(row.clash.href(row.person, row.year)).text
            #expect(page.contains(Texts.page["inForce"] ?? "?"))
            #expect(page.contains(Texts.yuan(row.clash.amount.magnitude)))
        }
    }
}

/// The draft a clerk left in the store.
private enum JSONDraft {
    static func of(_ test: PagesOffice, _ id: String) throws -> Draft? {
        var draft = try test.office.store.read { try $0.note("draft/" + id) }
            .map { try CompactJSON.decode(Draft.self, from: $0) }
        draft?.note = "调价"
        return draft
    }
}
