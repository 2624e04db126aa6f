import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SmallCounty
import Testing

@testable import Kiosk

@Suite struct PagesGateTests {
    @Test func `nothing is shown and nothing done without signing in`() async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            var stranger = pages
            stranger.cookie = String(repeating: "0", count: 64)
            for path in ["/visit", "/close", "/status", "/recent", "/roll", "/slip/1"] {
                #expect(try await stranger.get(path).location == "/signin")
            }
            #expect(try await stranger.post("/visit/settle").location == "/signin")
        }
    }

    @Test func `wrong PINs are counted and close the door`() async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            let first = try await pages.post("/signin", ["operator": "D0001", "pin": "000000"])
            #expect(first.html.contains("还可以试 4 次"))
            for _ in 0..<4 {
                _ = try await pages.post("/signin", ["operator": "D0001", "pin": "000000"])
            }
            let closed = try await pages.post("/signin", ["operator": "D0001", "pin": "246810"])
            #expect(closed.html.contains("以后才能再试"))
            // Who is signed in already goes on working.
            #expect(try await pages.get("/visit").status == .ok)
        }
    }

    @Test func `signing out ends the session`() async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            #expect(try await pages.post("/signout").location == "/signin")
            #expect(try await pages.get("/visit").location == "/signin")
        }
    }

    @Test func `forms of another page are refused`() async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            var elsewhere = pages
            for origin in ["http://evil.example", "null", "http://localhost:99"] {
                elsewhere.origin = origin
                #expect(try await elsewhere.post("/signout").status == .forbidden)
            }
            #expect(try await pages.get("/visit").status == .ok)
        }
    }

    @Test(arguments: [
        ("localhost", true), ("127.0.0.1:8300", true), ("kiosk.local", true), ("[::1]:80", true),
        ("evil.example", false), ("localhost.evil.example", false), ("127.0.0.1.nip.io", false),
    ])
    func `only this machine's names are answered`(host: String, isOurs: Bool) async throws {
        let gate = SameOrigin(hostName: "kiosk.local")
        #expect(gate.isOurs(gate.hostOnly(host)) == isOurs)
    }

    @Test func `every page forbids what is not ours and is not kept`() async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            for path in ["/visit", "/signin", "/web/site.css", "/nowhere"] {
                let headers = try await pages.get(path).headers
                #expect(headers[.contentSecurityPolicy]?.hasPrefix("default-src 'self'") == true)
                #expect(headers[.xContentTypeOptions] == "nosniff")
                #expect(headers[.cacheControl] == "no-store")
            }
            #expect(try await pages.get("/web/..%2flayout.mustache").status == .notFound)
            let signed = try await pages.post(
                "/signin", ["operator": SmallCounty.doctor.0, "pin": SmallCounty.doctor.1])
            let cookie = signed.headers[.setCookie] ?? ""
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
        }
    }

    @Test func `what people type never becomes markup`() async throws {
        let browser = try await Browser()
        try await browser.work { (pages) async throws in
            let page = try await pages.post(
                "/visit/patient", ["scan": "<script>alert(1)</script>"])
            #expect(!page.html.contains("<script>alert"))
        }
    }

    @Test func `every text a template asks for is there, and none is left over`() throws {
        let folder = SmallCounty.fixtures + "/../Kiosk"
        var asked: Set<String> = []
        for (path, pattern) in [
            ("Web", #/t\.([A-Za-z]+)/#), ("Pages", #/"([A-Za-z]+)"/#),
            ("Slip", #/"([A-Za-z]+)"/#),
        ] {
            for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(path)") {
                let text = try String(contentsOfFile: "\(folder)/\(path)/\(name)", encoding: .utf8)
                asked.formUnion(text.matches(of: pattern).map { String($0.1) })
            }
        }
        let templates = try FileManager.default.contentsOfDirectory(atPath: folder + "/Web")
        for name in templates where name.hasSuffix(".mustache") {
            let text = try String(contentsOfFile: "\(folder)/Web/\(name)", encoding: .utf8)
            for match in text.matches(of: #/{{t\.([A-Za-z]+)}}/#) {
                #expect(Texts.page[String(match.1)] != nil, "\(name) asks for \(match.1)")
            }
        }
        let unused = Texts.page.keys.filter { !asked.contains($0) }.sorted()
        #expect(unused.isEmpty, "\(unused)")
    }
}
