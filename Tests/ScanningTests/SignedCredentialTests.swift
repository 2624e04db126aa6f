import Crypto
import Testing
import Vocabulary

@testable import Scanning

@Suite struct SignedCredentialTests {
    @Test func `a credential comes back as it was issued`() throws {
        let scanned = try SignedCredential(scanned: try Sample.text())
        try scanned.verify(with: [try Sample.publicKey()])
        try scanned.check(on: try #require(Day("2026-11-22")), county: "511324")
        #expect(scanned.claims == (try Sample.claims()))
        #expect(scanned.claims.issued == Instant(milliseconds: 1_764_547_200_000))
        #expect(scanned.keyID == SignedCredential.keyID(of: try Sample.publicKey()))
    }

    @Test func `the text fits a QR code of version 11 with room to spare`() throws {
        let text = try Sample.text()
        print("credential: \(text.utf8.count) characters")
        #expect(text.utf8.count <= 350)
    }

    @Test func `the longest claims still fit the limit`() throws {
        let claims = try Sample.claims {
            $0.name = String(repeating: "木", count: 30)
            $0.village = String(repeating: "村", count: 20)
            $0.person = PersonNumber(rawValue: String(repeating: "9", count: 30)) ?? $0.person
        }
        let text = try SignedCredential.issue(claims, key: try Sample.key())
        print("longest credential: \(text.utf8.count) characters")
        #expect(try SignedCredential(scanned: text).claims == claims)
    }

    @Test func `verifying takes less than five milliseconds`() throws {
        let text = try Sample.text()
        let keys = [try Sample.publicKey(1), try Sample.publicKey(2), try Sample.publicKey()]
        // Other tests take their turns on the same cores: the quickest is what it takes.
        let times = try (0..<200).map { _ in
            try ContinuousClock().measure { try SignedCredential(scanned: text).verify(with: keys) }
        }
        let quickest = try #require(times.min())
        print("read and verify: \(quickest)")
        #expect(quickest < .milliseconds(5))
    }

    @Test func `the card matches its holder and nobody else`() throws {
        let claims = try Sample.claims()
        #expect(claims.matches(try Sample.identity()))
        #expect(!claims.matches(try Sample.identity("51132419650312186")))
        #expect(claims.identityHash.count == 16)
    }

    @Test func `equal holders have different hashes under different salts`() throws {
        let identity = try Sample.identity()
        let other = Credential.hash(of: identity, salt: [8, 7, 6, 5, 4, 3, 2, 1])
        #expect(try Sample.claims().identityHash != other)
    }

    @Test func `the identity number is not in the code`() throws {
        let payload = String(decoding: try Sample.claims().encoded, as: UTF8.self)
        #expect(!payload.contains("19650312"))
    }

    /// The eddsa-sig-01 example of the COSE working group; its key is RFC 8032 §7.1 test 1.
    @Test func `the signed structure is that of other implementations`() throws {
        let signature = try #require(
            unhex(
                "7142fd2ff96d56db85bee905a76ba1d0b7321a95c8c4d3607c5781932b7afb87"
                    + "11497dfa751bf40b58b3bcc32300b1487f3db34085eef013bf08f4a44d6fef0d"))
        let key = try Curve25519.Signing.PublicKey(
            rawRepresentation: try #require(
                unhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")))
        let signed = SignedCredential.structure(
            header: [0xA2, 0x01, 0x27, 0x03, 0x00], payload: Array("This is the content.".utf8))
        #expect(key.isValidSignature(signature, for: signed))
    }
}

@Suite struct RefusalTests {
    @Test func `a forged credential is refused`() throws {
        // Same key number, other signer: what a forger without the county's key can do at best.
        let text = try Sample.text(
            header: try Sample.header(), payload: CBOR(decoding: try Sample.claims().encoded))
        let genuine = try SignedCredential(scanned: text)
        try genuine.verify(with: [try Sample.publicKey()])
        let payload = try Sample.claims { $0.name = "王桂华" }.encoded
        let header = try Sample.header().encoded
        let signed = SignedCredential.structure(header: header, payload: payload)
        let signature = Array(try Sample.key(9).signature(for: signed))
        let parts: [CBOR] = [.bytes(header), .map([:]), .bytes(payload), .bytes(signature)]
        let forged = "NB1:" + Base45.encode(CBOR.sign1(.array(parts)).encoded)
        let scanned = try SignedCredential(scanned: forged)
        #expect(throws: CredentialFault.forged) {
            try scanned.verify(with: [try Sample.publicKey()])
        }
    }

    @Test func `changing any character is refused`() throws {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".utf8)
        let keys = [try Sample.publicKey()]
        let genuine = Array(try Sample.text().utf8)
        for place in genuine.indices {
            // Every bit, and three neighbours in the alphabet, which bits alone do not reach.
            let at = alphabet.firstIndex(of: genuine[place]) ?? 0
            let others = [1, 7, 44].map { alphabet[(at + $0) % alphabet.count] }
            for other in (0..<8).map({ genuine[place] ^ (1 << UInt8($0)) }) + others {
                var changed = genuine
                changed[place] = other
                #expect(!isAccepted(changed, keys), "place \(place), \(other)")
            }
        }
    }

    @Test func `dropping, doubling or swapping any characters is refused`() throws {
        let keys = [try Sample.publicKey()]
        let genuine = Array(try Sample.text().utf8)
        #expect(isAccepted(genuine, keys))
        for place in genuine.indices {
            var (shorter, longer, swapped) = (genuine, genuine, genuine)
            shorter.remove(at: place)
            longer.insert(genuine[place], at: place)
            #expect(!isAccepted(shorter, keys), "without \(place)")
            #expect(!isAccepted(longer, keys), "\(place) twice")
            #expect(!isAccepted(Array(genuine[..<place]), keys), "cut at \(place)")
            guard place > 0, genuine[place] != genuine[place - 1] else { continue }
            swapped.swapAt(place, place - 1)
            #expect(!isAccepted(swapped, keys), "swapped at \(place)")
        }
    }

    private func isAccepted(_ text: [UInt8], _ keys: [[UInt8]]) -> Bool {
        let text = String(decoding: text, as: UTF8.self)
        guard let scanned = try? SignedCredential(scanned: text) else { return false }
        do {
            try scanned.verify(with: keys)
            return true
        } catch {
            return false
        }
    }

    @Test func `a credential is good through its last day`() throws {
        let scanned = try SignedCredential(scanned: try Sample.text())
        let last = try #require(Day("2027-02-28"))
        try scanned.check(on: last, county: "511324")
        #expect(throws: CredentialFault.expired(last)) {
            try scanned.check(on: last.adding(days: 1), county: "511324")
        }
    }

    @Test func `a credential of another county is refused`() throws {
        let scanned = try SignedCredential(scanned: try Sample.text())
        #expect(throws: CredentialFault.otherCounty("511324")) {
            try scanned.check(on: scanned.claims.expires.adding(days: 9), county: "511323")
        }
    }

    @Test func `an unknown key is told from a forgery`() throws {
        let scanned = try SignedCredential(scanned: try Sample.text())
        for keys in [[], [try Sample.publicKey(8)], [[1, 2, 3]]] {
            #expect(throws: CredentialFault.unknownKey) { try scanned.verify(with: keys) }
        }
    }

    @Test func `an oversized text is refused before it is read`() {
        let text = "NB1:" + String(repeating: "0", count: 697)
        #expect(throws: CredentialFault.tooLong) { try SignedCredential(scanned: text) }
        #expect(throws: CredentialFault.malformed(where: "cbor")) {
            try SignedCredential(scanned: String(text.dropLast(1)))
        }
    }

    @Test(arguments: ["", "NB1", "nb1:BB8", "NB2:BB8", "HC1:BB8", " NB1:BB8", "https://example"])
    func `other codes are not ours`(text: String) {
        #expect(throws: CredentialFault.notOurs) { try SignedCredential(scanned: text) }
    }

    @Test func `an algorithm other than EdDSA is never tried`() throws {
        let claims = try CBOR(decoding: try Sample.claims().encoded)
        for algorithm in [-7, -37, -257, 0, 5] {
            let text = try Sample.text(
                header: try Sample.header(algorithm: algorithm), payload: claims)
            #expect(throws: CredentialFault.algorithm) { try SignedCredential(scanned: text) }
        }
        let bare = try Sample.text(header: .map([:]), payload: claims)
        #expect(throws: CredentialFault.algorithm) { try SignedCredential(scanned: bare) }
    }
}
