import Crypto
import Vocabulary

@testable import Scanning

/// What a scanner or a person types.
enum Identities {
    private static let key = Curve25519.Signing.PrivateKey()

    /// The bytes as typed text; as CBOR, which has one encoding only; and as claims under a
    /// signature of ours.
    static func scan(_ bytes: [UInt8]) {
        use(String(decoding: bytes, as: UTF8.self))
        if let item = try? CBOR(decoding: bytes) {
            precondition(item.encoded == bytes, "two encodings of one value")
        }
        if let claims = try? Credential(decoding: bytes) {
            precondition(claims.encoded == bytes, "claims changed by reading")
            guard let text = try? SignedCredential.issue(claims, key: key) else { return }
            use(text)
        }
        use(SignedCredential.prefix + Base45.encode(bytes))
    }

    private static func use(_ text: String) {
        guard case .credential(let credential)? = try? interpret(text) else { return }
        try? credential.verify(with: [Array(key.publicKey.rawRepresentation)])
        try? credential.check(on: Day(number: 20_000), county: "419925")
    }
}
