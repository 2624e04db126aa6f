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
    private let certificate: @Sendable () -> DeviceCertificate?
    private var open: (serial: String, connection: HTTPConnection)?

    init(
        _ provision: Provision, key: DeviceKey,
        certificate: @escaping @Sendable () -> DeviceCertificate?
    ) {
        server = provision.server
        authority = provision.authority
        serverName = CountyName.server(provision.trust.county)
        self.key = key
        self.certificate = certificate
    }

    func perform(
        _ path: String, body: [UInt8]? = nil, _ change: (inout HTTPRequest) -> Void = { _ in }
    ) async throws -> HTTPRequest.Response {
        var request = HTTPRequest(url: server + path, body: body)
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
            send: { try await link.perform("/sync/parcel", body: $0).body },
            manifest: {
                try await link.get("/sync/manifest/\($0.rawValue)", limit: SignedDocument.mostBytes)
            },
            section: {
                try await link.get("/sync/section/\($0)", limit: Manifest.mostSectionBytes)
            },
            delta: {
                try await link.offered("/sync/delta/\($0)/\($1)", limit: Manifest.mostSectionBytes)
            },
            root: { try await link.offered("/sync/root/\($0)", limit: SignedDocument.mostBytes) })
    }
}
