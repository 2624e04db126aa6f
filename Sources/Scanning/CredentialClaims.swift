import Vocabulary

/// The keys of the table above ``Credential``.
private enum Claim: Int, CaseIterable {
    case issuer = 1
    case person, index, salt, identityHash, name, birth, sex, village, scheme, year, issued, expires
}

extension Credential {
    /// The claims as they are signed.
    var encoded: [UInt8] {
        let claims: [Claim: CBOR] = [
            .issuer: .text(issuer), .person: .text(person.rawValue), .index: .integer(index),
            .salt: .bytes(salt), .identityHash: .bytes(identityHash), .name: .text(name),
            .birth: .integer(birth.number), .sex: code(sex.rawValue), .village: .text(village),
            .scheme: code(scheme.rawValue), .year: .integer(year),
            .issued: .integer(issued.milliseconds / 1000), .expires: .integer(expires.number),
        ]
        let pairs = claims.map { ($0.key.rawValue, $0.value) }
        return CBOR.map(Dictionary(uniqueKeysWithValues: pairs)).encoded
    }

    /// Reads signed claims; ``CredentialFault/malformed(where:)`` names the claim at fault.
    init(decoding bytes: [UInt8]) throws(CredentialFault) {
        guard let item = try? CBOR(decoding: bytes), case .map(let map) = item,
            map.keys.sorted() == Claim.allCases.map(\.rawValue)
        else { throw .malformed(where: "claims") }
        let claims = ClaimReader(map: map)
        issuer = try claims.county(.issuer)
        person = try claims.make(.person, from: claims.text(.person, 1...30), PersonNumber.init)
        index = try claims.integer(.index, 0...0xFF_FFFF)
        salt = try claims.bytes(.salt, count: 8)
        identityHash = try claims.bytes(.identityHash, count: 16)
        name = try claims.text(.name, 1...90)
        birth = try claims.day(.birth)
        sex = try claims.make(.sex, from: claims.code(.sex), Sex.init)
        village = try claims.text(.village, 1...60)
        scheme = try claims.make(.scheme, from: claims.code(.scheme), Scheme.init)
        year = try claims.integer(.year, 2000...2999)
        // The 32 bits of time last until 2106, as long as the format is meant to.
        let seconds = try claims.integer(.issued, 0...0xFFFF_FFFF)
        issued = Instant(milliseconds: seconds * 1000)
        expires = try claims.day(.expires)
        guard issued.day <= expires else { throw .malformed(where: "expires") }
    }
}

/// A national code made of digits is two bytes shorter as a number; one that is not becomes −1,
/// which no reader accepts, so that it cannot be issued by oversight.
private func code(_ digits: String) -> CBOR { .integer(Int(digits) ?? -1) }

private struct ClaimReader {
    let map: [Int: CBOR]

    func text(_ claim: Claim, _ length: ClosedRange<Int>) throws(CredentialFault) -> String {
        guard case .text(let text) = map[claim.rawValue], length.contains(text.utf8.count),
            !text.unicodeScalars.contains(where: isControl)
        else { throw fault(claim) }
        return text
    }

    func bytes(_ claim: Claim, count: Int) throws(CredentialFault) -> [UInt8] {
        guard case .bytes(let bytes) = map[claim.rawValue], bytes.count == count else {
            throw fault(claim)
        }
        return bytes
    }

    func integer(_ claim: Claim, _ range: ClosedRange<Int>) throws(CredentialFault) -> Int {
        guard case .integer(let number) = map[claim.rawValue], range.contains(number) else {
            throw fault(claim)
        }
        return number
    }

    /// Days of the years 1800 to 2999, so that arithmetic on them cannot overflow.
    func day(_ claim: Claim) throws(CredentialFault) -> Day {
        Day(number: try integer(claim, -62_091...376_199))
    }

    func county(_ claim: Claim) throws(CredentialFault) -> String {
        let text = try text(claim, 6...6)
        guard text.utf8.allSatisfy(isDigit) else { throw fault(claim) }
        return text
    }

    func code(_ claim: Claim) throws(CredentialFault) -> String {
        String(try integer(claim, 0...9999))
    }

    func make<Value>(
        _ claim: Claim, from text: String, _ read: (String) -> Value?
    ) throws(CredentialFault) -> Value {
        guard let value = read(text) else { throw fault(claim) }
        return value
    }

    private func fault(_ claim: Claim) -> CredentialFault { .malformed(where: "\(claim)") }
}
