import Foundation
import Hosting
import Journaling
import Publishing
import Synchronization
import Syncing
import Vocabulary

// The county changes its keys: the clerks sign a root, and every kiosk follows it by itself.
extension Office {
    /// How long a root is good; the next one is due well before.
    static let rootDays = 5 * 366
    /// How early the office is reminded.
    static let reminderDays = 180

    nonisolated var service: DeviceKey { serviceKey.withLock { $0 } }

    /// Signs the next root: all clerks who have a key, but for some.
    ///
    /// - Parameters:
    ///   - without: clerks whose keys no longer count.
    ///   - newServiceKey: makes the server a new key, for when the old one may be in wrong hands.
    func proposeRoot(
        without: [String], newServiceKey: Bool, by id: String, pin: String
    ) throws -> RootAnswer {
        let (_, key) = try clerk(id, pin: pin)
        var next = trust
        next.rootVersion += 1
        next.officeKeys = try officeKeys(without: without)
        next.rootKeys = next.officeKeys
        if newServiceKey {
            next.serviceKey = hex(
                try DeviceKey.kept(
                    at: Office.serviceKeyFile(folder, next.rootVersion), randomness: randomness
                ).publicKey)
        }
        let now = clock.now()
        let root = Root(
            next, issued: now, expires: now.adding(seconds: Office.rootDays * 86_400))
        let document = try SignedDocument(role: .root, root, key: key)
        return try take(document, RootProposal(statement: "", without: without, by: [id]))
    }

    /// One more signature under the next root; released once there are enough.
    func releaseRoot(by id: String, pin: String) throws -> RootAnswer {
        let (_, key) = try clerk(id, pin: pin)
        guard let kept = try store.read({ try $0.note(RootProposal.note) }) else {
            throw OfficeFault.nothingToRelease
        }
        var proposal = try CompactJSON.decode(RootProposal.self, from: kept)
        var document = try SignedDocument(role: .root, bytes: Array(proposal.statement.utf8))
        guard document.signers(among: [hex(key.publicKey)]).isEmpty else {
            throw ReleaseFault.samePerson
        }
        try document.sign(key)
        proposal.by.append(id)
        return try take(document, proposal)
    }

    /// Releases a root that is signed by enough, or keeps it waiting for another clerk.
    private func take(_ document: SignedDocument, _ proposal: RootProposal) throws -> RootAnswer {
        let statement = try document.bytes
        let version = try document.value(Root.self).version
        do {
            try release(try trust.following(statement), statement, without: proposal.without)
        } catch DocumentFault.signatures {
            var waiting = proposal
            waiting.statement = String(decoding: statement, as: UTF8.self)
            try store.write {
                try $0.put(note: RootProposal.note, try CompactJSON.encode(waiting))
            }
            return RootAnswer(version: version, signedBy: proposal.by, released: false)
        }
        return RootAnswer(
            version: version, signedBy: proposal.by, released: true,
            policyToSignAgain: try policyToSignAgain())
    }

    /// Whether the policy in force was signed by people who no longer count, so that no kiosk would
    /// believe it any more.
    private func policyToSignAgain() throws -> Bool {
        guard let released = try store.read({ try $0.released(.policy) }) else { return false }
        return try SignedDocument(role: .policy, bytes: released.statement)
            .signers(among: trust.officeKeys).count < trust.threshold
    }

    /// The policy in force under a new number, to be released by another clerk as ever.
    func signAgain(by id: String, pin: String) throws -> Proposal {
        guard let content = try Office.content(store) else { throw OfficeFault.noPolicy }
        return try propose(content, note: Texts.signedAgain, firstDay: today, by: id, pin: pin)
    }

    private func release(_ next: Trust, _ statement: [UInt8], without: [String]) throws {
        let key = try Office.service(of: next, folder, or: service)
        try store.write { session in
            try session.put(.root, version: next.rootVersion, statement: statement)
            try session.forget(note: RootProposal.note)
            let retired = trust.officeKeys.filter { !next.officeKeys.contains($0) }
            try session.put(
                note: retiredNote,
                try CompactJSON.encode(try Office.retiredKeys(session) + retired))
            // The office's own journal is signed with the server's key too.
            if var own = try session.journal(journal.kiosk) {
                own.publicKey = hex(key.publicKey)
                try session.put(own)
            }
        }
        trust = next
        serviceKey.withLock { $0 = key }
        for id in without {
            try? FileManager.default.moveItem(
                atPath: sealedKey(of: id),
                toPath: folder + "/keys/\(id).retired-\(next.rootVersion)")
        }
        // What the new key has not signed yet would be refused from here on.
        if try store.read({ try $0.released(.daily) }) != nil { try publishDaily() }
    }

    private func officeKeys(without: [String]) throws -> [String] {
        let gone = try without.map { try SealedKey.publicKey(sealedKey(of: $0)) }
        let keys = try Office.officeKeys(folder).filter { !gone.contains($0) }
        let retired = try store.read { try Office.retiredKeys($0) }
        // A key that went and came back would bring what it had signed back to life.
        let back = keys.filter(retired.contains)
        guard back.isEmpty else { throw OfficeFault.retiredKey(back.joined(separator: "、")) }
        return keys
    }

    private static func retiredKeys(_ session: any LedgerSession) throws -> [String] {
        try session.note(retiredNote).map { try CompactJSON.decode([String].self, from: $0) } ?? []
    }

    /// The server's present key and those before it, as far as they are kept.
    func serviceKeys() throws -> [[UInt8]] {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/keys")
            .filter { $0.hasPrefix("service") && $0.hasSuffix(".key") }
        return try files.map {
            try DeviceKey.kept(at: folder + "/keys/" + $0, randomness: randomness).publicKey
        }
    }

    private static func serviceKeyFile(_ folder: String, _ version: Int) -> String {
        "\(folder)/keys/service-\(version).key"
    }

    /// The key that a trust names for this server, out of those in the folder.
    static func service(of trust: Trust, _ folder: String, or first: DeviceKey) throws
        -> DeviceKey
    {
        if hex(first.publicKey) == trust.serviceKey { return first }
        for version in stride(from: trust.rootVersion, through: 1, by: -1) {
            let path = serviceKeyFile(folder, version)
            guard FileManager.default.fileExists(atPath: path) else { continue }
            let unused = Randomness { [UInt8](repeating: 0, count: $0) }
            let key = try DeviceKey.kept(at: path, randomness: unused)
            if hex(key.publicKey) == trust.serviceKey { return key }
        }
        throw FileFault(
            path: folder + "/keys", message: "the server's key is missing; restore the folder")
    }

    /// Says in time that the next root is due; after its last day kiosks take nothing new.
    func rootReminder() -> String? {
        guard let expires = trust.rootExpires else { return nil }
        let left = expires.day.days(since: today)
        return left <= Office.reminderDays ? Texts.rootDue(expires.day, left) : nil
    }
}

/// Keys of the office that a root took out.
private let retiredNote = "retired keys"

/// A root that waits for another clerk's signature.
struct RootProposal: Sendable, Codable {
    var statement: String
    var without: [String]
    /// Clerks who have signed.
    var by: [String]

    static let note = "root proposal"
}

struct RootAnswer: Codable, Sendable, Equatable {
    var version: Int
    var signedBy: [String]
    /// Otherwise one more clerk has to sign.
    var released: Bool
    /// The policy in force has to be published again: `publish --again`.
    var policyToSignAgain = false
}
