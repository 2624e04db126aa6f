import Foundation
import Hosting
import Hummingbird
import HummingbirdTesting
import Journaling
import Logging
import NIOCore
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk

/// How bulletins reach a kiosk; an attack is tried on both ways.
enum Road: String, CaseIterable, Sendable { case http, stick }

/// Whoever stands between county and kiosk, or had the stick in hand: files and nothing else.
struct Mirror: Sendable {
    var manifests: [DocumentRole: [UInt8]] = [:]
    var sections: [Fingerprint: [UInt8]] = [:]
    var roots: [Int: [UInt8]] = [:]
    var deltas: [Fingerprint: [UInt8]] = [:]
    /// Paths that never end, as `manifest/policy`.
    var endless: Set<String> = []
    /// Paths that come a byte at a time, or never.
    var slow: Set<String> = []
    /// What was asked for over HTTP.
    let asked = Asked()

    mutating func add(_ signed: Signed) {
        manifests[signed.manifest.role] = signed.statement
        for bytes in signed.sections.values { sections[SyncingHash.of(bytes)] = compress(bytes) }
    }

    private var files: [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for (role, bytes) in manifests { files["manifest/\(role.rawValue)"] = bytes }
        for (digest, bytes) in sections { files["section/\(digest)"] = bytes }
        for (version, bytes) in roots { files["root/\(version)"] = bytes }
        return files
    }

    /// Lets a kiosk read from this mirror on a road.
    func with<Value: Sendable>(
        _ road: Road, _ desk: Desk, seconds: Int = 60,
        _ body: @Sendable @escaping (Carrier) async throws -> Value
    ) async throws -> Value {
        switch road {
        case .stick:
            let folder = try TestFolder()
            let path = folder.path + "/" + Envelope.fileName(.fromCounty, desk.device)
            try write(to: path, for: desk)
            let envelope = try Envelope(bytes: try readStickFile(path))
            return try await body(.stick(try envelope.open(with: desk.key)))
        case .http:
            var logger = Logger(label: "mirror")
            logger.logLevel = .critical
            let application = Application(router: router(), logger: logger)
            return try await application.test(.live) { client in
                // What stands between is inside the county's TLS: a mirror the county let in.
                var provision = desk.provision
                provision.server = "http://127.0.0.1:\(client.port ?? 0)"
                let link = CountyLink(
                    provision, key: desk.key, transit: desk.transit, progress: desk.progress,
                    patience: seconds, certificate: { nil })
                return try await body(.https(link))
            }
        }
    }

    /// Seals everything to the kiosk, as somebody would who had the county's key for sticks.
    private func write(to path: String, for desk: Desk) throws {
        guard slow.isEmpty else {
            _ = mkfifo(path, 0o600)
            return
        }
        guard endless.isEmpty else {
            // As large as a stick can be; the file has holes and takes no room here.
            try writeFile(path, [])
            let handle = FileHandle(forWritingAtPath: path)
            try handle?.truncate(atOffset: 1 << 40)
            try handle?.close()
            return
        }
        var contents = StickContents()
        for (name, bytes) in files.sorted(by: { $0.key < $1.key }) { contents.add(name, bytes) }
        let label = Envelope.Label(
            direction: .fromCounty, county: SmallCounty.code, kiosk: desk.device,
            at: desk.clock.now(), signer: hex(desk.key.publicKey))
        try writeStickFile(
            path,
            try Envelope.seal(contents, label, to: desk.key.stickPublicKey, by: desk.key))
    }

    private func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("/sync/:kind/:name") { _, context in
            let path =
                (context.parameters.get("kind") ?? "") + "/"
                + (context.parameters.get("name") ?? "")
            asked.note(path)
            if endless.contains(path) { return Mirror.flood(pause: nil) }
            if slow.contains(path) { return Mirror.flood(pause: .milliseconds(300)) }
            guard let bytes = files[path] else { throw HTTPError(.notFound) }
            return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
        router.get("/sync/delta/:old/:new") { _, context in
            let new = context.parameters.get("new").flatMap(Fingerprint.init(hex:))
            asked.note("delta")
            guard let bytes = new.flatMap({ deltas[$0] }) else { throw HTTPError(.notFound) }
            return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
        return router
    }

    private static func flood(pause: Duration?) -> Response {
        Response(
            status: .ok,
            body: ResponseBody { writer in
                let bytes = ByteBuffer(repeating: 0x20, count: pause == nil ? 65_536 : 1)
                while true {
                    try await writer.write(bytes)
                    if let pause { try await Task.sleep(for: pause) }
                }
            })
    }
}

/// What a kiosk asked a mirror for.
final class Asked: @unchecked Sendable {
    private let lock = NSLock()
    private var paths: [String] = []

    func note(_ path: String) { lock.withLock { paths.append(path) } }
    var all: [String] { lock.withLock { paths } }
}

/// A manifest with its signatures and the sections it names.
struct Signed: Sendable {
    let manifest: Manifest
    let statement: [UInt8]
    let sections: [String: [UInt8]]
}
