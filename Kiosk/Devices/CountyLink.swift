import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

/// The way to the county's server: TLS 1.3, believing the county's own authority alone, with the
/// device's certificate once it has one.
actor CountyLink {
    private let server: String
    private let authority: String
    private let serverName: String
    private let key: DeviceKey
    private let transit: Transit
    private let progress: LinkProgress
    private let patience: Int?
    private let certificate: @Sendable () -> DeviceCertificate?
    /// What the county said it offers, with its answer to the last parcel.
    private(set) var news: [DocumentRole: Int]?
    private var open: (serial: String, connection: HTTPConnection)?

    /// - Parameter patience: seconds with hardly a byte after which the line counts as broken.
    init(
        _ provision: Provision, key: DeviceKey, transit: Transit, progress: LinkProgress,
        patience: Int? = nil, certificate: @escaping @Sendable () -> DeviceCertificate?
    ) {
        server = provision.server
        authority = provision.authority
        serverName = CountyName.server(provision.trust.county)
        self.key = key
        self.transit = transit
        self.progress = progress
        self.patience = patience
        self.certificate = certificate
    }

    func perform(
        _ path: String, body: [UInt8]? = nil, _ change: (inout HTTPRequest) -> Void = { _ in }
    ) async throws -> HTTPRequest.Response {
        var request = HTTPRequest(url: server + path, body: body)
        if let patience { request.silentSeconds = patience }
        change(&request)
        return try await connection().perform(request)
    }

    func get(_ path: String, limit: Int) async throws -> [UInt8] {
        try await perform(path) { $0.mostBytes = limit }.body
    }

    /// `nil` where the county has no such thing.
    func offered(_ path: String, limit: Int) async throws -> [UInt8]? {
        do { return try await get(path, limit: limit) } catch HTTPRequest.Fault.refused(404, _) {
            return nil
        }
    }

    /// Fetches something named by its digest, going on behind what has arrived before.
    func fetch(_ path: String, as name: String) async throws -> [UInt8] {
        let pieces = try transit.pieces(of: name)
        let progress = progress
        progress.begin(.receiving, have: pieces.bytes.count)
        defer { progress.end() }
        do {
            _ = try await perform(path) { request in
                request.mostBytes = Manifest.mostSectionBytes
                if !pieces.bytes.isEmpty {
                    request.headers["Range"] = "bytes=\(pieces.bytes.count)-"
                }
                let had = pieces.bytes.count
                request.taking = { piece, isRest in
                    if !isRest, had > 0, pieces.bytes.count == had { try pieces.startAgain() }
                    try pieces.append(piece)
                    progress.move(piece.count)
                }
            }
        } catch HTTPRequest.Fault.refused(416, _) {
            // All of it had arrived; only taking it over was interrupted.
        }
        return pieces.bytes
    }

    /// Sends a parcel; one that was begun before goes on where the county says it stands.
    func send(_ parcel: [UInt8], resuming: Bool) async throws -> [UInt8] {
        let digest = "\(SyncingHash.of(parcel))".prefix(16)
        let path = "/sync/parcel/\(digest)/\(parcel.count)"
        var place = 0
        if resuming {
            let held = Int(String(decoding: try await get(path, limit: 32), as: UTF8.self))
            place = min(max(0, held ?? 0), parcel.count)
        }
        progress.begin(.sending, have: place, of: parcel.count)
        defer { progress.end() }
        let query = place == 0 ? "" : "?at=\(place)"
        let answer = try await perform(path + query, body: Array(parcel[place...])) {
            $0.wantedHeader = CountyNews.header
        }
        news = answer.header.flatMap(CountyNews.read)
        return answer.body
    }

    /// For the doors that ask for no certificate: one the county no longer knows must not be shown.
    func performAnonymously(_ path: String, body: [UInt8]) async throws -> [UInt8] {
        try await HTTPConnection(TLSIdentity(authority: authority, serverName: serverName))
            .perform(HTTPRequest(url: server + path, body: body)).body
    }

    /// One connection for everything a night does, as long as the certificate is the same.
    private func connection() -> HTTPConnection {
        let held = certificate()
        if let open, open.serial == held?.serial ?? "" { return open.connection }
        let connection = HTTPConnection(
            TLSIdentity(
                authority: authority, serverName: serverName, certificate: held?.pem,
                key: key.pem))
        open = (held?.serial ?? "", connection)
        return connection
    }
}

extension DeviceKey {
    /// The key as TLS wants it (PKCS #8, RFC 8410): a fixed heading and the 32 bytes.
    var pem: String {
        let heading: [UInt8] = [
            0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22,
            0x04, 0x20,
        ]
        let text = Data(heading + raw).base64EncodedString()
        return "-----BEGIN PRIVATE KEY-----\n\(text)\n-----END PRIVATE KEY-----\n"
    }
}

extension Carrier {
    /// The county server over libcurl.
    static func https(_ link: CountyLink) -> Carrier {
        Carrier(
            register: { registration in
                let body = try CompactJSON.encode(registration)
                return try CompactJSON.decode(
                    DeviceCertificate.self,
                    from: try await link.performAnonymously("/sync/register", body: body))
            },
            send: { try await link.send($0, resuming: false) },
            resume: { try await link.send($0, resuming: true) },
            news: { await link.news },
            manifest: {
                try await link.get("/sync/manifest/\($0.rawValue)", limit: SignedDocument.mostBytes)
            },
            section: { try await link.fetch("/sync/section/\($0)", as: "\($0)") },
            delta: { old, new in
                do {
                    return try await link.fetch("/sync/delta/\(old)/\(new)", as: "\(old) \(new)")
                } catch HTTPRequest.Fault.refused(404, _) { return nil }
            },
            root: { try await link.offered("/sync/root/\($0)", limit: SignedDocument.mostBytes) },
            giveBack: { try await link.perform("/sync/lost", body: $0).body },
            // Somebody sits at the desk and waits.
            draw: { try await link.perform("/sync/draw", body: $0) { $0.silentSeconds = 15 }.body })
    }
}
