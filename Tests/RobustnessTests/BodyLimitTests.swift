import Foundation
import Hosting
import Hummingbird
import HummingbirdTesting
import NIOCore
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// Bodies that are one byte longer than either program reads.
@Suite struct BodyLimitTests {
    private func status(
        _ app: some ApplicationProtocol, _ path: String, bytes: Int
    ) async throws -> Int {
        let body = ByteBuffer(repeating: 0x61, count: bytes)
        return try await app.test(.router) { client in
            try await client.execute(
                uri: path, method: .post,
                headers: [
                    .contentType: "application/x-www-form-urlencoded", .origin: "http://localhost",
                ], body: body
            ) { $0.status.code }
        }
    }

    @Test(arguments: [("/sync/join", 4096), ("/sync/register", 65_536)])
    func `the county reads no longer body`(path: String, most: Int) async throws {
        let small = try SmallCounty(people: 1)
        let folder = try TestFolder()
        let office = try Office(
            folder: folder.path, county: SmallCounty.code, clock: small.clock.clock,
            randomness: small.randomness)
        let app = Application(router: SyncRoutes(office: office).router())
        #expect(try await status(app, path, bytes: most + 1) == 413)
        #expect(try await status(app, path, bytes: most) != 413)
    }

    @Test func `the kiosk reads no longer form`() async throws {
        let small = try SmallCounty(people: 1)
        let folder = try TestFolder()
        let desk = try Desk(
            provision: small.provision("K0001"), folder: folder.path, clock: small.clock.clock,
            randomness: small.randomness)
        let site = try await Site(
            desk: desk, printer: .file(folder.path), hostName: "localhost",
            carrier: { Carrier(send: { $0 }, manifest: { _ in [] }, section: { _ in [] }) })
        let app = Application(router: try site.router())
        #expect(try await status(app, "/signin", bytes: Fields.mostBytes + 1) == 413)
        #expect(try await status(app, "/signin", bytes: Fields.mostBytes) != 413)
    }
}
