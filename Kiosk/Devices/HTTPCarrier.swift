import Hosting
import Journaling
import Syncing
import Vocabulary

extension Carrier {
    /// The county server over libcurl; every request signed with the device's key.
    static func http(_ server: String, kiosk: KioskID, key: DeviceKey, clock: Clock) -> Carrier {
        @Sendable func get(_ path: String) async throws -> [UInt8] {
            let signature = try RequestSignature(
                kiosk: kiosk, at: clock.now(), path: path, key: key)
            var request = HTTPRequest(url: server + path)
            request.headers = ["Authorization": signature.header]
            return try await request.perform()
        }
        return Carrier(
            register: { registration in
                let body = try CompactJSON.encode(registration)
                _ = try await HTTPRequest(url: server + "/sync/register", body: body).perform()
            },
            send: { try await HTTPRequest(url: server + "/sync/parcel", body: $0).perform() },
            manifest: { try await get("/sync/manifest/\($0.rawValue)") },
            section: { try await get("/sync/section/\($0)") })
    }
}
