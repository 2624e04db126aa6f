import Testing
import Vocabulary

@testable import Scanning

@Suite struct MalformedTests {
    @Test(arguments: [
        ("NB1:", "cbor"), ("NB1:a", "base45"), ("NB1:B", "base45"), ("NB1:GGX", "base45"),
        ("NB1:BB8", "message"), ("NB1:李", "base45"), ("NB1:U7", "base45"),
        // One byte F6, which is null.
        ("NB1:" + Base45.encode([0xF6]), "message"),
        ("NB1:" + Base45.encode(CBOR.sign1(.array([])).encoded), "message"),
    ])
    func `a broken text says where it broke`(text: String, part: String) {
        #expect(throws: CredentialFault.malformed(where: part)) {
            try SignedCredential(scanned: text)
        }
    }

    @Test func `nothing rides in the unprotected header`() throws {
        let claims = try CBOR(decoding: try Sample.claims().encoded)
        let text = try Sample.text(
            header: try Sample.header(), payload: claims, unprotected: .map([4: .bytes([1])]))
        #expect(throws: CredentialFault.malformed(where: "message")) {
            try SignedCredential(scanned: text)
        }
    }

    @Test func `a header with more or less than we know is refused`() throws {
        let claims = try CBOR(decoding: try Sample.claims().encoded)
        let headers: [CBOR] = [
            .map([1: .integer(-8)]), .map([1: .integer(-8), 4: .bytes([1, 2])]),
            .map([1: .integer(-8), 2: .array([]), 4: .bytes(Array(1...8))]), .null,
        ]
        for header in headers {
            let text = try Sample.text(header: header, payload: claims)
            #expect(throws: CredentialFault.malformed(where: "header")) {
                try SignedCredential(scanned: text)
            }
        }
    }

    @Test func `claims with a number not in its shortest form are refused`() throws {
        let payload = try Sample.claims().encoded
        // The first key is 1; written here in two bytes.
        let longer = [payload[0], 0x18] + payload[1...]
        let text = try Sample.text(
            header: try Sample.header().encoded, payload: longer, unprotected: .map([:]))
        #expect(throws: CredentialFault.malformed(where: "claims")) {
            try SignedCredential(scanned: text)
        }
    }

    static let faults: [(Int, CBOR?, String)] = [
        (1, .text("51132"), "issuer"), (1, .text("51132X"), "issuer"), (1, .null, "issuer"),
        (2, .text("小"), "person"), (3, .integer(-1), "index"), (3, .integer(1 << 24), "index"),
        (4, .bytes([1]), "salt"), (5, .bytes([]), "identityHash"), (6, .text(""), "name"),
        (6, .text("李\u{1B}@"), "name"), (6, .text(String(repeating: "木", count: 31)), "name"),
        (7, .integer(Int.min), "birth"), (7, .integer(Int.max), "birth"), (8, .integer(3), "sex"),
        (9, .text(String(repeating: "村", count: 21)), "village"), (10, .integer(391), "scheme"),
        (11, .integer(26), "year"), (12, .integer(-1), "issued"), (12, .bool(true), "issued"),
        // Before the day of issue.
        (13, .integer(20_000), "expires"), (13, .text("2027"), "expires"),
        (13, nil, "claims"), (14, .null, "claims"), (-1, .null, "claims"),
    ]

    @Test(arguments: faults)
    func `a claim outside its range is refused by name`(
        key: Int, value: CBOR?, part: String
    ) throws {
        guard case .map(var map) = try CBOR(decoding: try Sample.claims().encoded) else {
            Issue.record("claims are a map")
            return
        }
        map[key] = value
        let text = try Sample.text(header: try Sample.header(), payload: .map(map))
        #expect(throws: CredentialFault.malformed(where: part)) {
            try SignedCredential(scanned: text)
        }
    }

    @Test func `what no kiosk would read is not issued`() throws {
        let claims = try Sample.claims { $0.name = "" }
        #expect(throws: CredentialFault.malformed(where: "name")) {
            try SignedCredential.issue(claims, key: try Sample.key())
        }
    }
}
