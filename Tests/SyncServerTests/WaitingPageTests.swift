import Checking
import Foundation
import Identifying
import Journaling
import SmallCounty
import Testing
import Vocabulary

@testable import SyncServer

@Suite struct WaitingPageTests {
    /// Everybody is in hospital all the while, so that any visit is suspicious.
    private func admit(_ people: [Member], _ test: PagesOffice) async throws {
        let path = test.folder.path + "/stays.csv"
        let rows = people.map { "\($0.number.rawValue),2026-11-01,2027-03-31" }
        try (["psn_no,begndate,enddate"] + rows).joined(separator: "\n")
            .write(toFile: path, atomically: true, encoding: .utf8)
        _ = try await test.office.importFile(path, answers: nil)
    }

    @Test func `rows name person and day, what waited longest and is dearest stands first`()
        async throws
    {
        try await withPages { test, browser in
            var browser = browser
            let clinic = try await PagesKiosk(test, at: "H41992500001")
            let people = Array(
                test.county.members.filter { $0.name.count == 3 && $0.scheme == .resident }
                    .prefix(3))
            try await admit(people, test)
            try await clinic.visit(people[0], packs: 100, price: 390)
            test.county.clock.advance(seconds: 10 * 86_400)
            // A day apart in one week: the dearer goes before the older.
            try await clinic.visit(people[1], packs: 100, price: 390)
            test.county.clock.advance(seconds: 86_400)
            try await clinic.visit(people[2], packs: 200, price: 390)
            try await clinic.send()
            _ = try await browser.signIn(PagesOffice.auditor)
            let page = try await browser.get("/waiting").text
            let rows = page.components(separatedBy: "<tr>").filter {
                $0.contains(Texts.finding(.visitInHospital))
            }
            #expect(rows.count == 3)
            for (row, place) in zip(rows, [0, 2, 1]) {
                #expect(row.contains("/members/\(people[place].number)?year=2026"))
                #expect(row.contains(Texts.masked(people[place].name)))
                #expect(!row.contains(people[place].name))
            }
            #expect(rows.first?.contains("2026-11-22") == true)
            #expect(rows.first?.contains(Texts.waited(11)) == true)
            #expect(!page.contains(Texts.page["calm"] ?? "?"))
        }
    }

    @Test func `where nothing waits the page says so`() async throws {
        try await withPages { _, browser in
            var browser = browser
            _ = try await browser.signIn(PagesOffice.auditor)
            let page = try await browser.get("/waiting").text
            #expect(page.contains(Texts.page["calm"] ?? "?") && !page.contains("<table"))
        }
    }

    @Test func `nobody waits for a review of many days`() async throws {
        let (shelf, gate) = (ReviewShelf(), DispatchSemaphore(value: 0))
        let slow: @Sendable () throws -> ReviewShelf.Reviewed = {
            gate.wait()
            return ReviewShelf.Reviewed(findings: [], at: Instant(milliseconds: 7))
        }
        // The gate is shut, so that only somebody who does not wait comes back.
        let first = try await shelf.latest(waiting: .milliseconds(20), slow)
        #expect(first.reviewed == nil && !first.isNew)
        // The second look joins the review that is under way.
        gate.signal()
        let second = try await shelf.latest(waiting: .seconds(600), slow)
        #expect(second.reviewed?.at == Instant(milliseconds: 7) && second.isNew)
        // From here on there is always something to show at once.
        let third = try await shelf.latest(waiting: .milliseconds(20), slow)
        #expect(third.reviewed?.at == Instant(milliseconds: 7) && !third.isNew)
        gate.signal()
    }

    /// Thirty days of visits, every one of them a finding; `WAITING_VISITS` in all.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["WAITING_VISITS"] != nil))
    func `the page over thirty days of findings`() async throws {
        let wanted = ProcessInfo.processInfo.environment["WAITING_VISITS"].flatMap(Int.init) ?? 0
        try await withPages(patience: .seconds(1)) { test, browser in
            var browser = browser
            let clinic = try await PagesKiosk(test, at: "H41992500001")
            let people = test.county.members
            try await admit(people, test)
            for _ in 0..<30 {
                for place in 0..<max(1, wanted / 30) {
                    try await clinic.visit(people[place % people.count], packs: 1, price: 390)
                }
                test.county.clock.advance(seconds: 86_400)
            }
            try await clinic.send()
            _ = try await browser.signIn(PagesOffice.auditor)
            _ = try await browser.get("/policy")
            let clock = ContinuousClock()
            let page = try await clock.measure { _ = try await browser.get("/waiting") }
            let shelved = try await ContentShelf().content(test.office)
            let content = try #require(shelved)
            let review = try clock.measure {
                _ = try MergedReview(test.office.store, content)
                    .findings(from: test.office.today.adding(days: -30), to: test.office.today)
            }
            let later = try await clock.measure { _ = try await browser.get("/waiting") }
            print("\(wanted) visits: page \(page), again \(later), the review itself \(review)")
            #expect(page < .seconds(5) && later < .seconds(5))
        }
    }
}
