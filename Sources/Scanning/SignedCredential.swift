import Crypto
import Vocabulary

/// A scanned credential: claims of the county, and the signature over them.
///
/// The text in the QR code is `NB1:` and, in base45, a COSE_Sign1 message (RFC 9052 §4.2) under tag
/// 18, signed with EdDSA over Ed25519 (RFC 9053 §2.2). The protected header holds algorithm and key
/// number and nothing else; the unprotected header is empty, since nobody vouches for it.
///
/// Reading proves nothing. A credential counts after ``verify(with:)``, ``check(on:county:)`` and a
/// look into the revocation bitmap. And since a code can be copied, it says who is insured, not who
/// stands at the desk.
public struct SignedCredential: Hashable, Sendable {
    /// What the card says; not to be believed before ``verify(with:)``.
    public let claims: Credential
    /// Number of the signing key: the first 8 bytes of SHA-256 over its 32 public bytes.
    public let keyID: [UInt8]
    /// The bytes under the signature, with the claims exactly as they were scanned.
    private let signed: [UInt8]
    private let signature: [UInt8]

    /// Start of every credential's text.
    public static let prefix = "NB1:"
    /// Longest text that is looked at, in characters, the prefix included.
    public static let maximumLength = 700

    /// Reads the text of a QR code without verifying it.
    ///
    /// Throws ``CredentialFault/tooLong``, ``CredentialFault/notOurs``,
    /// ``CredentialFault/malformed(where:)`` or ``CredentialFault/algorithm``.
    public init(scanned text: String) throws(CredentialFault) {
        // All characters of a credential are ASCII, so bytes are characters here.
        guard text.utf8.count <= SignedCredential.maximumLength else { throw .tooLong }
        guard text.utf8.starts(with: SignedCredential.prefix.utf8) else { throw .notOurs }
        let code = String(text.unicodeScalars.dropFirst(SignedCredential.prefix.utf8.count))
        guard let bytes = try? Base45.decode(code) else { throw .malformed(where: "base45") }
        guard let message = try? CBOR(decoding: bytes) else { throw .malformed(where: "cbor") }
        guard case .sign1(.array(let parts)) = message, parts.count == 4,
            case .bytes(let header) = parts[0], parts[1] == .map([:]),
            case .bytes(let payload) = parts[2], case .bytes(let signature) = parts[3]
        else { throw .malformed(where: "message") }
        guard signature.count == 64 else { throw .malformed(where: "signature") }
        keyID = try Header.keyID(in: header)
        claims = try Credential(decoding: payload)
        signed = SignedCredential.structure(header: header, payload: payload)
        self.signature = signature
    }

    /// Verifies the signature with the county keys in hand, each of 32 bytes.
    ///
    /// Every key with this credential's number is tried. Throws ``CredentialFault/unknownKey``
    /// where there is none, ``CredentialFault/forged`` where none of them fits.
    public func verify(with publicKeys: [[UInt8]]) throws(CredentialFault) {
        let candidates = publicKeys.filter { SignedCredential.keyID(of: $0) == keyID }
        guard !candidates.isEmpty else { throw .unknownKey }
        let fits = candidates.contains { bytes in
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
            return key?.isValidSignature(signature, for: signed) ?? false
        }
        guard fits else { throw .forged }
    }

    /// Checks that a credential is of `county` (six digits) and still good on `day`.
    ///
    /// Throws ``CredentialFault/otherCounty(_:)`` first, since what another county does with its
    /// dates is not ours to tell the holder; then ``CredentialFault/expired(_:)``.
    public func check(on day: Day, county: String) throws(CredentialFault) {
        guard claims.issuer == county else { throw .otherCounty(claims.issuer) }
        guard day <= claims.expires else { throw .expired(claims.expires) }
    }

    /// Signs claims and gives the text for the QR code.
    ///
    /// Throws ``CredentialFault`` where a kiosk would not read the result (a claim outside the
    /// table above ``Credential``, or too long a text), and what the signing key throws.
    public static func issue(
        _ claims: Credential, key: Curve25519.Signing.PrivateKey
    ) throws -> String {
        let header = Header.encode(keyID: keyID(of: Array(key.publicKey.rawRepresentation)))
        let payload = claims.encoded
        let signature = try key.signature(for: structure(header: header, payload: payload))
        let message = CBOR.sign1(
            .array([.bytes(header), .map([:]), .bytes(payload), .bytes(Array(signature))]))
        let text = prefix + Base45.encode(message.encoded)
        _ = try SignedCredential(scanned: text)
        return text
    }

    /// The number of a public key: the first 8 bytes of SHA-256 over its 32 bytes.
    public static func keyID(of publicKey: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: publicKey).prefix(8))
    }

    /// What is signed: the Sig_structure of RFC 9052 §4.4, without external data.
    static func structure(header: [UInt8], payload: [UInt8]) -> [UInt8] {
        CBOR.array([.text("Signature1"), .bytes(header), .bytes([]), .bytes(payload)]).encoded
    }
}

/// The protected header of RFC 9052 §3.1: 1 is the algorithm, 4 the key number.
private enum Header {
    static let (algorithm, key) = (1, 4)
    static let edDSA = -8

    static func encode(keyID: [UInt8]) -> [UInt8] {
        CBOR.map([algorithm: .integer(edDSA), key: .bytes(keyID)]).encoded
    }

    static func keyID(in header: [UInt8]) throws(CredentialFault) -> [UInt8] {
        guard let item = try? CBOR(decoding: header), case .map(let map) = item else {
            throw .malformed(where: "header")
        }
        guard map[algorithm] == .integer(edDSA) else { throw .algorithm }
        guard map.count == 2, case .bytes(let keyID) = map[key], keyID.count == 8 else {
            throw .malformed(where: "header")
        }
        return keyID
    }
}
