import Hummingbird
import HummingbirdTesting
import Journaling
import Merging
import SmallCounty
import Testing
import Vocabulary

@testable import SyncServer

@Suite struct PagesRulingTests {
    @Test func `what waits is on one page, with what each choice does to the money`() async throws {
        try await withPages { test, browser in
            var browser = browser
            try await test.plant()
            _ = try await browser.signIn(PagesOffice.first)
            #expect(try await browser.get("/").text.contains("href=\"/waiting\""))
            let rows = try test.office.store.read { try $0.clashes(limit: 9) }
            let twice = try #require(rows.first { $0.clash.kind == .contributionTwice })
            let path = twice.clash.href(twice.person, twice.year)
            let page = try await browser.get(path).text
            // The earlier stands by default; choosing the later turns the refund round.
            let later = try #require(twice.clash.entries.last)
            let option = "\(later.kiosk)/\(later.sequence)/receipt/"
            #expect(page.contains("value=\"\(option)\""))
            for refunded in ["青龙镇医保服务站", "两河镇医保服务站"] {
                #expect(page.contains("退费：\(refunded) 400.00 元"))
            }
            _ = try await browser.post(
                "/rulings",
                [
                    "matter": "contributionTwice", "person": twice.person.rawValue,
                    "year": "\(twice.year)", "option": option, "reason": "后一张已入账",
                    "page": path, "pin": PagesOffice.first.1,
                ])
            func standing() throws -> EntryReference? {
                try test.office.store.read {
                    try $0.personYear(twice.person, twice.year)?.contributions.first
                }
            }
            #expect(try standing() == twice.clash.entries.first)
            try await confirm(test, &browser, path, later)
            #expect(try standing() == later)
        }
    }

    private func confirm(
        _ test: PagesOffice, _ browser: inout Browser, _ path: String, _ later: EntryReference
    ) async throws {
        let waiting = try test.office.store.read { session in
            try session.entry(later).flatMap {
                try session.waitingRuling(on: $0, "contributionTwice")
            }
        }
        let number = try #require(waiting?.sequence)
        #expect(!(try await browser.get(path).text.contains("name=\"proposal\"")))
        _ = try await browser.signIn(PagesOffice.second)
        #expect(try await browser.get(path).text.contains("name=\"proposal\" value=\"\(number)\""))
        _ = try await browser.post(
            "/rulings",
            [
                "step": "confirm", "proposal": "\(number)", "page": path,
                "pin": PagesOffice.second.1,
            ])
    }

    @Test func `an auditor sees the choices and may make none`() async throws {
        try await withPages { test, browser in
            var browser = browser
            try await test.plant()
            _ = try await browser.signIn(PagesOffice.auditor)
            let waiting = try await browser.get("/waiting").text
            #expect(waiting.contains(Texts.page["waiting"] ?? "?"))
            let rows = try test.office.store.read { try $0.clashes(limit: 9) }
            let twice = try #require(rows.first { $0.clash.kind == .contributionTwice })
            let page = try await browser.get(twice.clash.href(twice.person, twice.year)).text
            #expect(page.contains(Texts.needsSecond) && !page.contains("name=\"pin\""))
        }
    }
}
