import Scanning
import Vocabulary

/// The roll (名册) a kiosk holds, as a value of look-ups; where it is kept is not our business here.
public struct Roll: Sendable {
    /// When the county made this roll: how old the knowledge is.
    public let asOf: Instant
    public let county: String
    /// Raw public keys the county signs credentials with.
    public let credentialKeys: [[UInt8]]
    public let byNumber: @Sendable (PersonNumber) throws -> Member?
    public let byIdentity: @Sendable (IdentityNumber) throws -> Member?
    /// People whose name or pinyin initials start with the text, at most `limit`.
    public let search: @Sendable (_ text: String, _ limit: Int) throws -> [Member]
    /// Whether a credential index was revoked or reported lost, and when.
    public let revoked: @Sendable (Int) throws -> Day?

    public init(
        asOf: Instant, county: String, credentialKeys: [[UInt8]],
        byNumber: @escaping @Sendable (PersonNumber) throws -> Member?,
        byIdentity: @escaping @Sendable (IdentityNumber) throws -> Member?,
        search: @escaping @Sendable (String, Int) throws -> [Member],
        revoked: @escaping @Sendable (Int) throws -> Day?
    ) {
        self.asOf = asOf
        self.county = county
        self.credentialKeys = credentialKeys
        self.byNumber = byNumber
        self.byIdentity = byIdentity
        self.search = search
        self.revoked = revoked
    }
}
