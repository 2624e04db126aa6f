import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

// The device's certificate: got against the one-time code, renewed long before it ends.
extension Desk {
    private nonisolated var certificatePath: String { folder + "/certificate.json" }

    /// What the county vouched for; `nil` before the first contact.
    nonisolated var certificate: DeviceCertificate? {
        guard let bytes = try? readFile(certificatePath, limit: 65_536) else { return nil }
        return try? CompactJSON.decode(DeviceCertificate.self, from: bytes)
    }

    nonisolated func keep(_ certificate: DeviceCertificate) throws {
        try writeFile(certificatePath, try CompactJSON.encode(certificate), secret: true)
    }

    /// What this device says of itself, with proof of its one-time code where it still has one.
    nonisolated func registration() throws -> Registration {
        let code = JoinCode(provision.oneTimeCode)
        return try Registration(
            kiosk: provision.desk.kiosk, key: key, at: clock.now(),
            secret: try code?.secret(for: provision.desk.kiosk) ?? [],
            acknowledgement: try journal.read { try $0.acknowledged().statement })
    }

    func certify(_ carrier: Carrier) async throws {
        try keep(try await carrier.register(try registration()))
    }

    func keepCertified(_ carrier: Carrier) async throws {
        guard let held = certificate else { return try await certify(carrier) }
        guard held.isDue(at: clock.now()) else { return }
        // One that could not be renewed tonight still serves tonight.
        do { try await certify(carrier) } catch {}
    }
}
