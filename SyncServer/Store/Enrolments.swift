import Syncing
import Vocabulary

/// Which certificates the county gave out, and the keys devices made for themselves.
protocol Enrolments {
    func put(_ device: EnrolledDevice) throws
    func device(_ kiosk: KioskID) throws -> EnrolledDevice?
    func put(_ certificate: IssuedCertificate) throws
    func certificate(_ serial: String) throws -> IssuedCertificate?
}

struct EnrolledDevice: Sendable, Hashable {
    var kiosk: KioskID
    /// Raw X25519 key in hexadecimal that sticks for the device are sealed to.
    var stickKey: String
    /// The spare that stands in for it.
    var replacedBy: KioskID?
}

struct IssuedCertificate: Sendable, Hashable {
    /// In hexadecimal, as TLS shows it.
    var serial: String
    var kiosk: KioskID
    /// The key it vouches for; worth nothing once the device has another.
    var publicKey: String
    var expires: Instant
}

extension SQLSession: Enrolments {
    func put(_ device: EnrolledDevice) throws {
        try run(
            "INSERT OR REPLACE INTO device VALUES (?, ?, ?)",
            [device.kiosk.rawValue, device.stickKey, device.replacedBy?.rawValue])
    }

    func device(_ kiosk: KioskID) throws -> EnrolledDevice? {
        try row(
            "SELECT * FROM device WHERE kiosk = ?", [kiosk.rawValue]
        ).map { row in
            EnrolledDevice(
                kiosk: kiosk, stickKey: row["stick_key"],
                replacedBy: (row["replaced_by"] as String?).flatMap(KioskID.init(rawValue:)))
        }
    }

    func put(_ certificate: IssuedCertificate) throws {
        try run(
            "INSERT OR REPLACE INTO certificate VALUES (?, ?, ?, ?)",
            [
                certificate.serial, certificate.kiosk.rawValue, certificate.publicKey,
                certificate.expires.milliseconds,
            ])
    }

    func certificate(_ serial: String) throws -> IssuedCertificate? {
        try row(
            "SELECT * FROM certificate WHERE serial = ?", [serial]
        ).flatMap { row in
            KioskID(rawValue: row["kiosk"]).map {
                IssuedCertificate(
                    serial: serial, kiosk: $0, publicKey: row["public_key"],
                    expires: Instant(milliseconds: row["expires"]))
            }
        }
    }
}

extension StoredJournal {
    /// Bulletins are made for it. A device that is prepared and has not spoken yet counts too: its
    /// first bulletins may go out on a stick before it ever does.
    var isServed: Bool { !revoked && !(publicKey.isEmpty && oneTimeCode.isEmpty) }
}
