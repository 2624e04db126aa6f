import Crypto
import Foundation
import Vocabulary

/// Seals the rows of one database and makes the marks by which sealed rows are found again.
///
/// A sealed row is nonce (12 bytes), ciphertext and tag (16 bytes) of AES-256-GCM. The associated
/// data name database, owner and place, so that a row moved elsewhere no longer opens. Nonces are
/// random: a counter would repeat on a box that was set back to an earlier image.
public struct Sealer: Sendable {
    /// A sealed row is longer than what it holds by nonce and tag.
    public static let overhead = 28
    static let markBytes = 16

    public let key: DataKey
    private let heading: String
    private let sealing: SymmetricKey
    private let marking: [Use: SymmetricKey]

    /// What a mark stands for; the same text gives other marks in other uses.
    public enum Use: String, CaseIterable, Sendable {
        /// A person's number in the county.
        case person
        /// The identity an entry was given before it was written.
        case identity
        /// An identity number (证件号码).
        case certificate
        case household
        /// Whose draft a row is.
        case draft
    }

    /// - Parameters:
    ///   - database: "journal" or "shelf".
    ///   - owner: the journal's number; a row of another journal does not open here.
    public init(_ key: DataKey, database: String, owner: String) {
        self.key = key
        heading = "village-kiosk \(database) 1\n\(owner)\n"
        sealing = key.derived(for: "\(database) rows")
        marking = Dictionary(
            uniqueKeysWithValues: Use.allCases.map {
                ($0, key.derived(for: "\(database) mark \($0.rawValue)"))
            })
    }

    public func seal(_ bytes: some DataProtocol, at place: String) throws -> Data {
        let box = try AES.GCM.seal(bytes, using: sealing, authenticating: bound(place))
        guard let combined = box.combined else { throw SealFault(place: place) }
        return combined
    }

    /// - Throws: ``SealFault`` for bytes that were changed, moved, or sealed with another key.
    public func open(_ sealed: Data, at place: String) throws -> [UInt8] {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            return Array(try AES.GCM.open(box, using: sealing, authenticating: bound(place)))
        } catch {
            throw SealFault(place: place)
        }
    }

    /// The first 16 bytes of HMAC-SHA256: the same for the same text, and telling nobody the text.
    public func mark(_ text: String, _ use: Use) -> Data {
        guard let key = marking[use] else { preconditionFailure("every use has its key") }
        let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)
        return Data(code.prefix(Sealer.markBytes))
    }

    private func bound(_ place: String) -> Data { Data((heading + place + "\n").utf8) }
}

/// A sealed row does not open: it was changed since it was written.
public struct SealFault: Error, Equatable {
    public let place: String

    public init(place: String) { self.place = place }
}
