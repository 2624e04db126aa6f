import Journaling
import Vocabulary

/// The text in a slip's QR code: what was paid, and where this journal stood when it was.
///
/// The head hash makes every patient a witness: a journal that is edited or cut short later no
/// longer agrees with the slips that are in people's hands.
struct SlipProof: Sendable, Hashable {
    let kiosk: KioskID
    let sequence: Int
    let day: Day
    /// Person number, or household number on a contribution receipt.
    let payer: String
    let total: Money
    let fund: Money
    let person: Money
    /// Hash of the entry, and with it of all before it.
    let head: Fingerprint

    static let version = "VK1"

    /// What is signed: all fields in their order, between bars.
    var statement: String {
        [
            SlipProof.version, kiosk.rawValue, "\(sequence)", day.description, payer,
            total.description, fund.description, person.description, head.description,
        ].joined(separator: "|")
    }

    /// The statement with the device's Ed25519 signature in hexadecimal.
    func signed(by key: DeviceKey) throws -> String {
        let statement = statement
        return statement + "|" + hex(try key.sign(Array(statement.utf8)))
    }

    /// Whether a scanned text was signed by the device with this raw Ed25519 key, unchanged since.
    static func check(_ text: String, publicKey: [UInt8]) -> Bool {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 10, parts[0] == version, let signature = parts.last else {
            return false
        }
        let statement = parts.dropLast().joined(separator: "|")
        return verify(
            hexSignature: String(signature), over: Array(statement.utf8), by: publicKey)
    }
}
