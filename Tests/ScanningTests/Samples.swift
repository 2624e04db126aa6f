import Crypto
import Testing
import Vocabulary

@testable import Scanning

/// Made-up people and keys, the same in every run.
enum Sample {
    static func key(_ seed: UInt8 = 7) throws -> Curve25519.Signing.PrivateKey {
        try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: seed, count: 32))
    }

    static func publicKey(_ seed: UInt8 = 7) throws -> [UInt8] {
        Array(try key(seed).publicKey.rawRepresentation)
    }

    static func identity(_ first17: String = "51132419650312184") throws -> IdentityNumber {
        try IdentityNumber(first17: first17)
    }

    static func claims(_ change: (inout Credential) -> Void = { _ in }) throws -> Credential {
        let terms = Credential.Terms(
            issuer: "511324", scheme: .resident, year: 2026,
            issued: Instant(milliseconds: 1_764_547_200_123),
            expires: try #require(Day("2027-02-28")))
        var claims = terms.credential(
            index: 482_113, person: try #require(PersonNumber(rawValue: "51130000001000482113")),
            identity: try identity(), name: "李桂华", village: "石门沟村",
            salt: [1, 2, 3, 4, 5, 6, 7, 8])
        change(&claims)
        return claims
    }

    static func text(seed: UInt8 = 7) throws -> String {
        try SignedCredential.issue(try claims(), key: try key(seed))
    }

    /// The text of a message that is signed as it should be, around any header and payload.
    static func text(header: CBOR, payload: CBOR, unprotected: CBOR = .map([:])) throws -> String {
        try text(header: header.encoded, payload: payload.encoded, unprotected: unprotected)
    }

    static func text(header: [UInt8], payload: [UInt8], unprotected: CBOR) throws -> String {
        let signed = SignedCredential.structure(header: header, payload: payload)
        let signature = Array(try key().signature(for: signed))
        let parts: [CBOR] = [.bytes(header), unprotected, .bytes(payload), .bytes(signature)]
        return "NB1:" + Base45.encode(CBOR.sign1(.array(parts)).encoded)
    }

    static func header(algorithm: Int = -8) throws -> CBOR {
        .map([1: .integer(algorithm), 4: .bytes(SignedCredential.keyID(of: try publicKey()))])
    }
}
