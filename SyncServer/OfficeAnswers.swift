import Cataloguing
import Foundation
import Hosting
import Identifying
import Journaling
import Merging
import Pricing
import Printing
import Publishing
import Scanning
import Syncing
import Vocabulary

// What the commands ask beside the round itself.
extension Office {
    /// The first policy of a county, or a whole new set of files: checked, then signed by one clerk.
    func found(_ input: FoundInput) throws -> Proposal {
        func text(_ path: String) throws -> String {
            String(decoding: try readFile(path), as: UTF8.self)
        }
        let content = PolicyContent(
            catalogue: try CatalogueItem.table(csv: try text(input.catalogue)),
            diagnoses: try Diagnosis.table(csv: try text(input.diagnoses)),
            rules: try readRuleFolder(input.rules),
            knowledge: try (input.knowledge ?? []).flatMap { try readKnowledge($0) })
        return try propose(
            content, note: (input.rules as NSString).lastPathComponent, firstDay: nil, by: input.by,
            pin: input.pin)
    }

    /// One person's year with every entry: what was settled, what is due, and why they differ.
    func explain(_ person: String, _ year: Int?) throws -> PersonExplanation {
        try store.read { session in
            let number = PersonNumber(rawValue: person)
            let known = try number.flatMap { try session.member($0) }
            guard let number = try known?.number ?? session.search(person, limit: 2).first?.number
            else { throw OfficeFault.unknownPerson(person) }
            let year = try year ?? session.latestYear(of: number, by: today)
            let entries = try session.entries(of: number, year: year)
                .sorted {
                    ($0.entry.header.day, $0.kiosk, $0.sequence)
                        < ($1.entry.header.day, $1.kiosk, $1.sequence)
                }
            return PersonExplanation(
                person: number, year: year,
                folded: try session.personYear(number, year)
                    ?? PersonYear(person: number, year: year),
                entries: entries.map { String(decoding: $0.entry.bytes, as: UTF8.self) })
        }
    }

    /// Credentials for people, each a text and a QR image.
    func credentials(_ input: CredentialsInput) throws -> [CredentialAnswer] {
        let now = clock.now()
        return try input.people.map { text in
            let found = try store.read { session in
                try PersonNumber(rawValue: text).flatMap { try session.member($0) }
                    ?? session.search(text, limit: 2).onlyOne
            }
            guard let member = found else { throw OfficeFault.unknownPerson(text) }
            let terms = Credential.Terms(
                issuer: trust.county, scheme: member.scheme, year: now.day.year, issued: now,
                expires: input.expires)
            let claims = terms.credential(
                index: member.credential, person: member.number, identity: member.identity,
                name: member.name, village: member.home.village, salt: randomness.bytes(8))
            let credential = try SignedCredential.issue(claims, key: credentialKey.signingKey)
            let image = try QRCode(credential).png(scale: 6)
            return CredentialAnswer(
                name: member.name, credential: credential,
                png: Data(image).base64EncodedString())
        }
    }
}

extension Array {
    /// The element where there is just one; a name that two people bear names nobody.
    fileprivate var onlyOne: Element? { count == 1 ? first : nil }
}

struct PersonExplanation: Codable, Sendable {
    var person: PersonNumber
    var year: Int
    var folded: PersonYear
    /// The entries' own bytes, in canonical order.
    var entries: [String]
}

struct CredentialAnswer: Codable, Sendable {
    var name: String
    var credential: String
    /// PNG in base64.
    var png: String
}
