import Foundation
import Hosting
import Hummingbird
import Journaling
import Logging
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

private typealias HTTPRequest = Hosting.HTTPRequest

/// A county whose sync interface really listens, with TLS, on a port of its own.
struct ListeningCounty {
    let county: TestCounty
    let server: String

    /// Runs a test against it and stops it.
    static func run(_ body: @escaping @Sendable (ListeningCounty) async throws -> Void) async throws
    {
        let county = try await TestCounty()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        let application = try SyncInterface.application(
            county.office, address: .hostname("127.0.0.1", port: 0), logger: logger,
            running: { told.yield($0) })
        try await whileServing(application, logger: logger) {
            var ports = ports.makeAsyncIterator()
            let port = await ports.next() ?? 0
            try await body(
                ListeningCounty(county: county, server: "https://127.0.0.1:\(port)"))
        }
    }

    /// A device set up from the county's file, which has not spoken yet.
    func desk(
        _ provision: Provision? = nil, key: ((inout Provision) -> Void)? = nil
    ) async throws -> Desk {
        var mine: Provision
        if let provision {
            mine = provision
        } else {
            mine = try await county.office.enroll("H41992500001", server: server)
        }
        key?(&mine)
        let home = county.folder.path + "/" + hex(county.small.randomness.bytes(6))
        try makeFolder(home)
        return try Desk(
            provision: mine, folder: home, clock: county.small.clock.clock,
            randomness: county.small.randomness)
    }

    /// A connection that shows a certificate under a key, and what the server says to a request.
    func status(_ identity: TLSIdentity, _ path: String) async throws -> Int {
        do {
            return try await HTTPConnection(identity).perform(HTTPRequest(url: server + path))
                .status
        } catch HTTPRequest.Fault.refused(let status, _) { return status }
    }
}

@Suite struct TransportTests {
    @Test func `a night goes over TLS with the device's own certificate`() async throws {
        try await ListeningCounty.run { here in
            let desk = try await here.desk()
            #expect(desk.certificate == nil)
            let report = try await desk.night(desk.live)
            #expect(report.bulletins.keys.sorted() == ["daily", "policy"])
            #expect(try await desk.status().allSigned)
            let serial = try #require(desk.certificate?.serial)
            let issued = try here.county.office.store.read { try $0.certificate(serial) }
            #expect(issued?.kiosk == desk.journal.kiosk)
        }
    }

    @Test func `nothing but the two entrances answers without a certificate`() async throws {
        try await ListeningCounty.run { here in
            let provision = try await here.county.office.enroll("H41992500001", server: here.server)
            let nobody = TLSIdentity(
                authority: provision.authority, serverName: CountyName.server("419925"))
            for path in ["/sync/manifest/policy", "/sync/section/00", "/sync/manifest/daily"] {
                #expect(try await here.status(nobody, path) == 401)
            }
            #expect(try await here.status(nobody, "/sync/parcel/0123456789abcdef/3") == 401)
            let post = HTTPRequest(
                url: here.server + "/sync/parcel/0123456789abcdef/3", body: [1, 2, 3])
            await #expect(throws: HTTPRequest.Fault.self) {
                _ = try await HTTPConnection(nobody).perform(post)
            }
            // The office's pages are no part of this interface.
            #expect(try await here.status(nobody, "/sign-in") == 404)
        }
    }

    @Test func `a certificate of another county's authority is refused by TLS`() async throws {
        try await ListeningCounty.run { here in
            let folder = try TestFolder()
            let other = try Authority.kept(
                in: folder.path, county: "419925", randomness: .system)
            let key = try DeviceKey(raw: here.county.small.randomness.bytes(32))
            let forged = try other.certify(
                try #require(KioskID(rawValue: "K0001")), publicKey: key.publicKey,
                randomness: .system, now: here.county.small.clock.clock.now())
            let identity = TLSIdentity(
                authority: try here.county.office.authority.pem,
                serverName: CountyName.server("419925"), certificate: forged.pem, key: key.pem)
            await #expect(throws: HTTPRequest.Fault.self) {
                _ = try await here.status(identity, "/sync/manifest/policy")
            }
            // Another authority's server is not believed either, whatever it calls itself.
            let wrong = TLSIdentity(
                authority: try other.pem, serverName: CountyName.server("419925"))
            await #expect(throws: HTTPRequest.Fault.self) {
                _ = try await here.status(wrong, "/sync/manifest/policy")
            }
            // Nor the right authority under another county's name.
            let misnamed = TLSIdentity(
                authority: try here.county.office.authority.pem,
                serverName: CountyName.server("110101"))
            await #expect(throws: HTTPRequest.Fault.self) {
                _ = try await here.status(misnamed, "/sync/manifest/policy")
            }
        }
    }

    @Test func `one device cannot speak under another's certificate`() async throws {
        try await ListeningCounty.run { here in
            let first = try await here.desk()
            _ = try await first.night(first.live)
            let certificate = try #require(first.certificate)
            let thief = try DeviceKey(raw: here.county.small.randomness.bytes(32))
            let identity = TLSIdentity(
                authority: try here.county.office.authority.pem,
                serverName: CountyName.server("419925"), certificate: certificate.pem,
                key: thief.pem)
            await #expect(throws: HTTPRequest.Fault.self) {
                _ = try await here.status(identity, "/sync/manifest/policy")
            }
        }
    }

    @Test func `revoking takes effect at the next request, and the device says so`() async throws {
        try await ListeningCounty.run { here in
            let desk = try await here.desk()
            let carrier = desk.live
            _ = try await desk.night(carrier)
            try await here.county.office.revoke(desk.journal.kiosk)
            // The connection stands; only the next request on it is refused.
            do {
                _ = try await desk.night(carrier)
                Issue.record("a revoked device was served")
            } catch HTTPRequest.Fault.refused(403, let message) {
                #expect(message.contains("已被县局停用"))
            }
        }
    }

    @Test func `a certificate is renewed before it ends, and after it has ended`() async throws {
        try await ListeningCounty.run { here in
            let desk = try await here.desk()
            _ = try await desk.night(desk.live)
            let first = try #require(desk.certificate)
            _ = try await desk.night(desk.live)
            #expect(desk.certificate == first)
            here.county.small.clock.advance(seconds: 300 * 86_400)
            _ = try? await desk.night(desk.live)
            let second = try #require(desk.certificate)
            #expect(second.serial != first.serial && second.expires > first.expires)
            // Two years in a drawer: the old one is of no use, and no person is needed.
            here.county.small.clock.advance(seconds: 730 * 86_400)
            _ = try? await desk.night(desk.live)
            #expect(try #require(desk.certificate).expires > here.county.small.clock.clock.now())
            #expect(try await desk.status().allSigned)
        }
    }

    @Test func `a county that forgot a certificate gives a new one to the same key`() async throws {
        try await ListeningCounty.run { here in
            let desk = try await here.desk()
            _ = try await desk.night(desk.live)
            let held = try #require(desk.certificate)
            try desk.keep(
                try here.county.office.authority.certify(
                    desk.journal.kiosk, publicKey: desk.key.publicKey, randomness: .system,
                    now: here.county.small.clock.clock.now()))
            #expect(desk.certificate != held)
            _ = try await desk.night(desk.live)
            let serial = try #require(desk.certificate?.serial)
            #expect(try here.county.office.store.read { try $0.certificate(serial) } != nil)
        }
    }
}
