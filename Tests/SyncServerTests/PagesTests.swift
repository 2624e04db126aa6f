import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identifying
import Merging
import NIOCore
import Publishing
import SmallCounty
import Testing
import Vocabulary

@testable import SyncServer

/// A browser with a cookie and a host, as far as the pages need one.
struct Browser {
    static let origin = "http://county.test"
    let client: any TestClientProtocol
    var cookie = ""

    struct Shown {
        let status: HTTPResponse.Status
        let text: String
        let headers: HTTPFields
        var location: String { headers[.location] ?? "" }
    }

    private func send(
        _ path: String, _ method: HTTPRequest.Method, origin: String?, _ body: String
    ) async throws -> Shown {
        var headers: HTTPFields = [.cookie: cookie]
        if let origin { headers[.origin] = origin }
        return try await client.execute(
            uri: path, method: method, headers: headers, body: ByteBuffer(string: body)
        ) { response in
            Shown(
                status: response.status, text: String(buffer: response.body),
                headers: response.headers)
        }
    }

    func get(_ path: String) async throws -> Shown {
        try await send(path, .get, origin: nil, "")
    }

    func post(
        _ path: String, _ fields: KeyValuePairs<String, String>,
        origin: String? = "http://localhost"
    ) async throws -> Shown {
        try await send(path, .post, origin: origin, String(link("", fields).dropFirst()))
    }

    mutating func signIn(_ login: (String, String)) async throws -> Shown {
        let shown = try await post("/sign-in", ["person": login.0, "pin": login.1])
        cookie = String((shown.headers[.setCookie] ?? "").prefix { $0 != ";" })
        return shown
    }
}

/// Runs a test against a small office with its pages.
///
/// - Parameter patience: how long a page waits for a review.
func withPages(
    patience: Duration = .seconds(60),
    _ body: @escaping @Sendable (PagesOffice, Browser) async throws -> Void
) async throws {
    let test = try await PagesOffice()
    let router = Router()
    try await Site(office: test.office, patience: patience).add(to: router)
    let application = Application(router: router)
    try await application.test(.router) { client in
        try await body(test, Browser(client: client))
    }
}

@Suite struct PagesTests {
    @Test func `nobody sees a page before signing in, and the cookie is strict`() async throws {
        try await withPages { _, browser in
            var browser = browser
            let shut = try await browser.get("/members")
            #expect(shut.status == .seeOther && shut.location == "/sign-in")
            let entered = try await browser.signIn(PagesOffice.first)
            #expect(entered.location == "/")
            let cookie = entered.headers[.setCookie] ?? ""
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
            let first = try await browser.get("/")
            #expect(first.status == .ok)
            #expect(first.headers[.cacheControl] == "no-store")
            #expect(first.headers[.contentSecurityPolicy]?.contains("default-src 'self'") == true)
            #expect(first.text.contains(Texts.page["calm"] ?? "?"))
            _ = try await browser.post("/sign-out", [:])
            #expect(try await browser.get("/").location == "/sign-in")
        }
    }

    @Test func `five wrong PINs pause even the right one, for five minutes`() async throws {
        try await withPages { test, browser in
            var browser = browser
            for _ in 0..<5 {
                let shown = try await browser.signIn((PagesOffice.first.0, "000000"))
                #expect(shown.status == .unauthorized)
            }
            let paused = try await browser.signIn(PagesOffice.first)
            #expect(paused.text.contains(Texts.refusal(.paused(minutes: 5))))
            test.county.clock.advance(seconds: 301)
            #expect(try await browser.signIn(PagesOffice.first).location == "/")
        }
    }

    @Test func `a doctor is told where to go`() async throws {
        try await withPages { _, browser in
            var browser = browser
            let shown = try await browser.signIn(SmallCounty.doctor)
            #expect(shown.status == .forbidden)
            #expect(shown.text.contains(Texts.refusal(.otherDesk)))
        }
    }

    @Test func `a form from elsewhere does nothing`() async throws {
        try await withPages { _, browser in
            for origin in ["http://evil.example", "null", nil] {
                let shown = try await browser.post(
                    "/sign-in", ["person": PagesOffice.first.0, "pin": PagesOffice.first.1],
                    origin: origin)
                #expect(shown.status == .forbidden)
                #expect(shown.headers[.setCookie] == nil)
            }
        }
    }

    @Test func `planted clashes stand on the first page and open with both sides`() async throws {
        try await withPages { test, browser in
            var browser = browser
            try await test.plant()
            _ = try await browser.signIn(PagesOffice.auditor)
            let first = try await browser.get("/").text
            #expect(first.contains(Clash.Kind.contributionTwice.words.name))
            #expect(first.contains(Clash.Kind.deductibleTwice.words.name))
            #expect(first.contains("/clashes?kind=deductibleTwice"))

            let all = try test.office.store.read { try $0.clashes(limit: 10) }
            #expect(all.count == 2)
            for row in all {
                let page = try await browser.get(row.clash.href(row.person, row.year))
                #expect(page.status == .ok)
                for side in row.clash.entries { #expect(page.text.contains(side.href)) }
                #expect(page.text.contains(Texts.yuan(row.clash.amount.magnitude)))
                #expect(page.text.contains(row.clash.kind.words.standard))
            }
            let later = try await browser.get("/clashes/\(all[0].person)/2026/fork/K0001/1")
            #expect(later.status == .notFound)
        }
    }

    @Test func `every figure leads to the entries behind it`() async throws {
        try await withPages { test, browser in
            var browser = browser
            try await test.plant()
            _ = try await browser.signIn(PagesOffice.first)
            let ledger = try await browser.get("/ledger?by=kiosk&from=2026-11-22&to=2026-11-22")
            #expect(ledger.text.contains("/kiosks/K0001/days/2026-11-22"))
            let day = try await browser.get("/kiosks/K0001/days/2026-11-22")
            #expect(day.text.contains("/entries/K0001/2"))
            let entry = try await browser.get("/entries/K0001/2")
            #expect(entry.text.contains("苯磺酸氨氯地平片"))
            #expect(entry.text.contains("medfee_sumamt"))
            let li = try test.county.member(named: "李桂华")
            let member = try await browser.post("/members", ["sought": li.name])
            #expect(member.location == memberHref(li.number))
            let year = try await browser.get(member.location)
            #expect(year.text.contains(li.identity.description))
            #expect(!day.text.contains("李桂华") && day.text.contains("李*华"))
        }
    }

    @Test func `names are text, never markup`() async throws {
        try await withPages { test, browser in
            var browser = browser
            var member = try test.county.member(named: "李桂华")
            member.name = PagesOffice.hostile
            let hostile = member
            try test.office.store.write { try $0.put([hostile]) }
            _ = try await browser.signIn(PagesOffice.auditor)
            for path in ["/", memberHref(member.number)] {
                let text = try await browser.get(path).text
                #expect(!text.contains("<script>"))
                #expect(text.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;"))
            }
        }
    }
}
