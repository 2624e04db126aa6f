import DemoCounty
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journaling
import NIOCore
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk

/// A desk with its screens, and a browser that remembers its cookie.
struct Browser {
    let test: TestDesk
    let site: Site
    let paper: TestFolder

    init(
        _ kiosk: String = "K0001", online: Bool = false, people: Int = 60,
        county: SmallCounty? = nil
    ) async throws {
        test = try await TestDesk(kiosk, county: try county ?? SmallCounty(people: people))
        paper = try TestFolder()
        let carrier = try Browser.carrier(test.county, reaches: online)
        site = try await Site(
            desk: test.desk, printer: .file(paper.path), hostName: "kiosk.local",
            carrier: { carrier })
    }

    struct Unreachable: Error {}

    /// A county that signs for what it is sent and has nothing newer, or one that is not there.
    static func carrier(_ county: SmallCounty, reaches: Bool) throws -> Carrier {
        let policy = try county.policy(try county.content(), version: 1).statement
        let daily = try county.daily(version: 1, for: "K0001").statement
        return Carrier(
            register: { _ in
                guard reaches else { throw Unreachable() }
                return county.certificate()
            },
            send: { bytes in
                guard reaches else { throw Unreachable() }
                let checkpoint = try Browser.checkpoint(in: bytes)
                let word = Acknowledgement(
                    county: SmallCounty.code, kiosk: checkpoint.kiosk,
                    through: checkpoint.sequence, head: checkpoint.head,
                    at: county.clock.clock.now(), setAside: [])
                return try SignedDocument(role: .acknowledgement, word, key: county.service).bytes
            },
            manifest: { $0 == .policy ? policy : daily }, section: { _ in throw Unreachable() })
    }

    private static func checkpoint(in packed: [UInt8]) throws -> Checkpoint {
        let lines = try decompress(packed, limit: 1 << 20).split(separator: 0x0A)
        return try CompactJSON.decode(Checkpoint.self, from: lines.last.map(Array.init) ?? [])
    }

    /// Signs in as the operator of the desk and works.
    func work(_ body: @Sendable @escaping (Pages) async throws -> Void) async throws {
        let login =
            test.session.person.role == .villageDoctor
            ? SmallCounty.doctor : SmallCounty.collector
        let app = Application(router: try site.router())
        try await app.test(.router) { client in
            var pages = Pages(client: client, cookie: "")
            let answer = try await pages.post("/signin", ["operator": login.0, "pin": login.1])
            pages.cookie = answer.cookie
            try await body(pages)
        }
    }
}

extension Browser {
    /// Enters a visit of 李桂华's by card: so many packs of one medicine at 3.90.
    func enter(_ pages: Pages, packs: Int) async throws {
        let card = try test.county.credential(of: try test.county.member(.liGuihua))
        _ = try await pages.post("/visit/patient", ["scan": card])
        _ = try await pages.post("/visit/diagnosis", ["code": "I10.x00x002"])
        _ = try await pages.post(
            "/visit/line",
            [
                "code": "XC08CAQ866A001010199001", "quantity": "\(packs)", "price": "3.90",
                "days": "7",
            ])
    }

    /// The visit that was settled last.
    func lastVisit() throws -> (entry: Entry, visit: Visit) {
        let entry = try test.desk.journal.read { try $0.latest(["visit"], limit: 1) }.first
        guard let entry, case .visit(let visit) = entry.fact else {
            throw Refusal.nothingToVoid(0)
        }
        return (entry, visit)
    }
}

/// Asking for pages as Chromium does.
struct Pages: Sendable {
    let client: any TestClientProtocol
    var cookie: String
    var origin = "http://localhost"

    struct Answer: Sendable {
        let status: HTTPResponse.Status
        let html: String
        let location: String
        let cookie: String
        let headers: HTTPFields
    }

    func get(_ path: String) async throws -> Answer { try await ask(.get, path, nil) }

    func post(_ path: String, _ fields: KeyValuePairs<String, String> = [:]) async throws
        -> Answer
    {
        let safe = CharacterSet.alphanumerics
        let body = fields.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: safe) ?? "")"
        }
        return try await send(path, body.joined(separator: "&"))
    }

    /// Posts a form that is encoded already.
    func send(_ path: String, _ form: String) async throws -> Answer {
        try await ask(.post, path, form)
    }

    private func ask(_ method: HTTPRequest.Method, _ path: String, _ body: String?) async throws
        -> Answer
    {
        var headers: HTTPFields = [.cookie: "kiosk=\(cookie)"]
        if method == .post { headers[.origin] = origin }
        let response = try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        let set = response.headers[.setCookie] ?? ""
        return Answer(
            status: response.status, html: String(buffer: response.body),
            location: response.headers[.location] ?? "",
            cookie: String(set.dropFirst("kiosk=".count).prefix { $0 != ";" }),
            headers: response.headers)
    }
}

extension Pages {
    /// Presses settle on the visit page as it is, with what the page itself sends along.
    func settle(_ fields: KeyValuePairs<String, String>) async throws -> Answer {
        let page = try await get("/visit").html
        let mark = "name=\"seen\" value=\""
        let seen = page.range(of: mark).map { page[$0.upperBound...].prefix { $0 != "\"" } } ?? ""
        let form = (fields.map { ($0.key, $0.value) } + [("seen", String(seen))])
            .map { "\($0.0)=\($0.1.replacing(" ", with: "+"))" }
        return try await send("/visit/settle", form.joined(separator: "&"))
    }
}
