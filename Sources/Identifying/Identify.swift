import Scanning
import Vocabulary

/// A member together with how surely we know that it is they.
public struct Identified: Hashable, Sendable {
    public let member: Member
    public let assurance: Assurance

    public init(member: Member, assurance: Assurance) {
        self.member = member
        self.assurance = assurance
    }
}

/// How a person was identified, from sure to unsure.
public enum Assurance: String, Sendable, Codable, CaseIterable {
    /// A credential signed by the county.
    case credential
    /// An identity number read or typed, the card seen by the operator.
    case identityNumber
    /// Chosen from a list of names by an operator who knows the person.
    case name
}

/// Why nobody was identified; each is a sentence and a next step on the screen.
public enum IdentificationFault: Error, Equatable, Sendable {
    case credential(CredentialFault)
    /// The credential was reported lost or replaced on that day.
    case revoked(Day)
    /// The credential is genuine, but this township's roll has nobody under its number.
    case notOnRoll(name: String, village: String)
    /// Nobody with this identity number on this township's roll.
    case unknownIdentity(IdentityNumber)
    case unknownNumber(PersonNumber)
    /// Nobody of that name.
    case nobodyNamed(String)
    /// Several people: the operator chooses.
    case ambiguous([Member])
}

/// Finds the member behind a scan.
///
/// - Throws: ``IdentificationFault``, or whatever the roll's store throws.
public func identify(_ scan: Scan, in roll: Roll, on day: Day) throws -> Identified {
    switch scan {
    case .credential(let signed):
        return try identify(signed, in: roll, on: day)
    case .identityNumber(let identity):
        guard let member = try roll.byIdentity(identity) else {
            throw IdentificationFault.unknownIdentity(identity)
        }
        return Identified(member: member, assurance: .identityNumber)
    case .personNumber(let number):
        guard let member = try roll.byNumber(number) else {
            throw IdentificationFault.unknownNumber(number)
        }
        return Identified(member: member, assurance: .name)
    case .name(let text):
        let found = try roll.search(text, 20)
        guard let member = found.first else { throw IdentificationFault.nobodyNamed(text) }
        guard found.count == 1 else { throw IdentificationFault.ambiguous(found) }
        return Identified(member: member, assurance: .name)
    }
}

private func identify(_ signed: SignedCredential, in roll: Roll, on day: Day) throws -> Identified {
    do {
        try signed.verify(with: roll.credentialKeys)
        try signed.check(on: day, county: roll.county)
    } catch {
        throw IdentificationFault.credential(error)
    }
    let claims = signed.claims
    if let revoked = try roll.revoked(claims.index) { throw IdentificationFault.revoked(revoked) }
    guard let member = try roll.byNumber(claims.person) else {
        throw IdentificationFault.notOnRoll(name: claims.name, village: claims.village)
    }
    return Identified(member: member, assurance: .credential)
}
