import Journaling
import Vocabulary

/// Proves to the county which device asks, request by request, with the key the device made itself.
///
/// Header `Authorization: Kiosk <id> <milliseconds> <signature>`.
public struct RequestSignature: Sendable, Equatable {
    public let kiosk: KioskID
    public let at: Instant
    let signature: String

    /// How far the device's clock may be off before the county says so.
    public static let toleranceSeconds = 24 * 3600

    public init(kiosk: KioskID, at: Instant, path: String, key: DeviceKey) throws {
        self.kiosk = kiosk
        self.at = at
        signature = hex(try key.sign(Self.statement(kiosk, at, path)))
    }

    public var header: String { "Kiosk \(kiosk) \(at.milliseconds) \(signature)" }

    /// Reads the header; nothing is verified yet.
    public init?(header: String) {
        let parts = header.split(separator: " ")
        guard parts.count == 4, parts[0] == "Kiosk",
            let kiosk = KioskID(rawValue: String(parts[1])),
            let at = Int(parts[2]), Instant.known.contains(at), parts[3].utf8.count == 128
        else { return nil }
        self.kiosk = kiosk
        self.at = Instant(milliseconds: at)
        signature = String(parts[3])
    }

    public func isGenuine(path: String, publicKey: [UInt8], now: Instant) -> Bool {
        abs(now.seconds(since: at)) <= Self.toleranceSeconds
            && verify(
                hexSignature: signature, over: Self.statement(kiosk, at, path), by: publicKey)
    }

    private static func statement(_ kiosk: KioskID, _ at: Instant, _ path: String) -> [UInt8] {
        Array("village-kiosk request 1\n\(kiosk)\n\(at.milliseconds)\n\(path)\n".utf8)
    }
}
