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
            let number = try session.member(called: person).number
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
            let member = try store.read { try $0.member(called: text) }
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

extension LedgerSession {
    /// The person whose number, identity number or name this is.
    ///
    /// - Throws: ``OfficeFault/severalPeople(_:)`` for a name that more than one bears.
    fileprivate func member(called text: String) throws -> Member {
        if let number = PersonNumber(rawValue: text), let known = try member(number) {
            return known
        }
        let found = try search(text, limit: 2)
        guard found.count < 2 else { throw OfficeFault.severalPeople(text) }
        guard let only = found.first else { throw OfficeFault.unknownPerson(text) }
        return only
    }
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
