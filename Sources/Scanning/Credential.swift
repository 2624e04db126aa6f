import Crypto
import Vocabulary

/// What the county says of an insured person on a card: the claims (声明) under one signature.
///
/// On the card they are a CBOR map with these keys. All are required, no other is allowed; a change
/// of meaning needs a new prefix (`NB2:`).
///
/// | key | claim | CBOR | content |
/// |---|---|---|---|
/// | 1 | issuer | text | six-digit division code of the county |
/// | 2 | person | text | person number (人员编号) |
/// | 3 | index | unsigned | place in the county's revocation bitmap, 0 … 16,777,215 |
/// | 4 | salt | 8 bytes | drawn at random for this card |
/// | 5 | identityHash | 16 bytes | first half of SHA-256(salt ‖ identity number in ASCII) |
/// | 6 | name | text | 1 … 90 bytes of UTF-8 |
/// | 7 | birth | integer | days since 1970-01-01 |
/// | 8 | sex | unsigned | 1 male, 2 female |
/// | 9 | village | text | 1 … 60 bytes of UTF-8 |
/// | 10 | scheme | unsigned | 390 resident, 310 employee |
/// | 11 | year | unsigned | insurance year, 2000 … 2999 |
/// | 12 | issued | unsigned | seconds since 1970-01-01T00:00Z |
/// | 13 | expires | integer | last good day, days since 1970-01-01 |
///
/// The hash compares an identity card with this card. It hides nothing from whoever copies the
/// code: birth day and sex stand beside it, which leaves some 500 numbers for each division to try.
public struct Credential: Hashable, Sendable {
    /// Six-digit division code of the county that issued the card.
    public var issuer: String
    /// Number of the insured person.
    public var person: PersonNumber
    /// Place of this card in the county's revocation bitmap, counted from 0.
    public var index: Int
    /// Eight random bytes, so that equal identity numbers have different hashes.
    public var salt: [UInt8]
    /// First 16 bytes of SHA-256 over the salt and the identity number.
    public var identityHash: [UInt8]
    /// Name as on the identity card.
    public var name: String
    /// Day of birth.
    public var birth: Day
    /// Sex as in the identity number.
    public var sex: Sex
    /// Village as the card prints it: a name or a division code.
    public var village: String
    /// Insurance scheme the card is for.
    public var scheme: Scheme
    /// Insurance year the card was issued for.
    public var year: Int
    /// Moment of issue; the card keeps whole seconds.
    public var issued: Instant
    /// Last day on which the card is good.
    public var expires: Day

    /// Whether this card was issued to the holder of an identity number.
    public func matches(_ identity: IdentityNumber) -> Bool {
        identityHash == Credential.hash(of: identity, salt: salt)
    }

    static func hash(of identity: IdentityNumber, salt: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: salt + identity.description.utf8).prefix(16))
    }
}

extension Credential {
    /// What all cards of one issue share.
    public struct Terms: Hashable, Sendable {
        /// Six-digit division code of the county.
        public var issuer: String
        /// Insurance scheme.
        public var scheme: Scheme
        /// Insurance year.
        public var year: Int
        /// Moment of issue.
        public var issued: Instant
        /// Last good day: the end of the year and the county's days of grace.
        public var expires: Day

        /// Takes the terms as they are; ``SignedCredential/issue(_:key:)`` checks them.
        public init(issuer: String, scheme: Scheme, year: Int, issued: Instant, expires: Day) {
            self.issuer = issuer
            self.scheme = scheme
            self.year = year
            self.issued = issued
            self.expires = expires
        }

        /// The claims for one person; `salt` is eight fresh random bytes.
        ///
        /// Birth day and sex are those of the identity number; the moment of issue is cut to whole
        /// seconds, as the card keeps it.
        public func credential(
            index: Int, person: PersonNumber, identity: IdentityNumber, name: String,
            village: String, salt: [UInt8]
        ) -> Credential {
            Credential(
                issuer: issuer, person: person, index: index, salt: salt,
                identityHash: Credential.hash(of: identity, salt: salt), name: name,
                birth: identity.birth, sex: identity.sex, village: village, scheme: scheme,
                year: year, issued: Instant(milliseconds: issued.milliseconds / 1000 * 1000),
                expires: expires)
        }
    }
}
