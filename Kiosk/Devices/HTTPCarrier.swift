import Hosting
import Journaling
import Syncing
import Vocabulary

extension Carrier {
    /// The county server over libcurl; every request signed with the device's key.
    ///
    /// - Parameter seconds: how long one exchange may take, however slowly it drips.
    static func http(
        _ server: String, kiosk: KioskID, key: DeviceKey, clock: Clock, seconds: Int = 600
    ) -> Carrier {
        @Sendable func ask(
            _ path: String, limit: Int = SignedDocument.mostBytes, body: [UInt8]? = nil
        ) async throws -> [UInt8] {
            let signature = try RequestSignature(
                kiosk: kiosk, at: clock.now(), path: path, key: key)
            var request = HTTPRequest(url: server + path, body: body)
            request.headers = ["Authorization": signature.header]
            request.mostBytes = limit
            request.seconds = seconds
            return try await request.perform()
        }
        @Sendable func offered(_ path: String, limit: Int) async throws -> [UInt8]? {
            do { return try await ask(path, limit: limit) } catch HTTPRequest.Fault.refused(404, _)
            {
                return nil
            }
        }
        return Carrier(
            register: { registration in
                let body = try CompactJSON.encode(registration)
                _ = try await HTTPRequest(url: server + "/sync/register", body: body).perform()
            },
            send: { try await HTTPRequest(url: server + "/sync/parcel", body: $0).perform() },
            manifest: { try await ask("/sync/manifest/\($0.rawValue)") },
            section: { try await ask("/sync/section/\($0)", limit: Manifest.mostSectionBytes) },
            delta: {
                try await offered("/sync/delta/\($0)/\($1)", limit: Manifest.mostSectionBytes)
            },
            root: { try await offered("/sync/root/\($0)", limit: SignedDocument.mostBytes) },
            giveBack: { try await ask("/sync/lost", body: $0) })
    }
}
