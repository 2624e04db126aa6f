import Hummingbird
import HummingbirdTesting
import Merging
import Publishing
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import SyncServer

@Suite struct PagesPolicyTests {
    private static let price = "/policy/draft/price/" + PagesOffice.amlodipine
    private static let change: KeyValuePairs = [
        "price": "4.00", "limit": "4.30", "from": "2026-12-01",
    ]

    private func fingerprint(_ test: PagesOffice) throws -> String {
        let proposal = try #require(try test.office.store.read { try $0.proposal() })
        return try SignedDocument(role: .policy, bytes: Array(proposal.statement.utf8))
            .fingerprint.description
    }

    @Test func `one clerk publishes, another releases, and never the same`() async throws {
        try await withPages { test, browser in
            var (one, two) = (browser, browser)
            _ = try await one.signIn(PagesOffice.first)
            _ = try await two.signIn(PagesOffice.second)
            let kept = try await one.post(Self.price, Self.change)
            #expect(kept.location == "/policy/draft")
            let draft = try await one.get("/policy/draft")
            #expect(draft.text.contains("3.90 元") && draft.text.contains("4.00 元"))
            let wrong = try await one.post("/policy/publish", ["note": "调价", "pin": "999999"])
            #expect(wrong.text.contains(Texts.sentence(for: OfficeFault.wrongPIN)))
            let sent = try await one.post(
                "/policy/publish", ["note": "调价", "pin": PagesOffice.first.1])
            #expect(sent.location == "/policy/proposal")

            let print = try fingerprint(test)
            let same = try await one.post(
                "/policy/release", ["pin": PagesOffice.first.1, "fingerprint": print])
            #expect(same.text.contains(Texts.sentence(for: ReleaseFault.samePerson)))
            let shown = try await two.get("/policy/proposal").text
            #expect(shown.contains("3.90 元") && shown.contains("4.00 元") && shown.contains("调价"))
            let other = try await two.post(
                "/policy/release", ["pin": PagesOffice.second.1, "fingerprint": "old"])
            #expect(other.status == .ok && other.location.isEmpty)
            let released = try await two.post(
                "/policy/release", ["pin": PagesOffice.second.1, "fingerprint": print])
            #expect(released.location == "/policy")
            #expect(try test.office.store.read { try $0.released(.policy) }?.version == 2)
        }
    }

    @Test func `an auditor reads and changes nothing`() async throws {
        try await withPages { test, browser in
            var browser = browser
            _ = try await browser.signIn(PagesOffice.auditor)
            #expect(try await browser.post(Self.price, Self.change).status == .forbidden)
            for path in ["/policy", "/policy/parameters", "/policy/catalogue?q=ahl"] {
                #expect(try await browser.get(path).status == .ok)
            }
        }
    }

    @Test func `a clerk takes a change out of the draft, and a proposal back`() async throws {
        try await withPages { test, browser in
            var browser = browser
            _ = try await browser.signIn(PagesOffice.first)
            _ = try await browser.post(Self.price, Self.change)
            _ = try await browser.post(
                "/policy/draft/parameter",
                [
                    "path": "390/outpatient/rate", "value": "0.55", "from": "2026-12-01",
                    "source": "县医保〔2026〕9 号",
                ])
            #expect(try await browser.get("/policy/draft").text.contains("55%"))
            _ = try await browser.post(
                "/policy/draft/remove", ["change": "390/outpatient/rate 2026-12-01"])
            #expect(try await !browser.get("/policy/draft").text.contains("55%"))
            _ = try await browser.post(
                "/policy/publish", ["note": "调价", "pin": PagesOffice.first.1])
            _ = try await browser.post("/policy/withdraw", ["pin": PagesOffice.first.1])
            #expect(try test.office.store.read { try $0.proposal() } == nil)
        }
    }
}
