import Cataloguing
import Foundation
import Hosting
import Journaling
import Merging
import Pricing
import Publishing
import Rules
import Synchronization
import Syncing
import Vocabulary

/// The county office at work: its store, its keys, its own journal and the policy in force. All
/// that routes, pages and commands do goes through here.
actor Office {
    nonisolated let store: any CountyStore
    nonisolated let folder: String
    /// Division code of the county.
    nonisolated let county: String
    /// The county server's own key; a root may replace it while the server runs.
    nonisolated let serviceKey: Mutex<DeviceKey>
    nonisolated let credentialKey: DeviceKey
    /// Keys of devices as they were last read, so that no signature waits for the store.
    nonisolated let seenKeys = Mutex([KioskID: [UInt8]]())
    nonisolated let clock: Clock
    nonisolated let randomness: Randomness
    /// The office's own decisions are entries too.
    nonisolated let journal: Journal
    /// Vouches for devices and for the sync interface.
    nonisolated let authority: Authority
    /// What devices seal their sticks to; apart from the service key, which changes with roots.
    nonisolated let stickKey: DeviceKey
    var trust: Trust
    /// All released versions through time; the ledger is priced with it.
    var policy: Policy
    /// The newest policy's version that ``policy`` holds; another process may release the next.
    var policyVersion = 0

    static let ownJournal = "C0001"

    /// - Parameters:
    ///   - database: connection string of a PostgreSQL server; `nil` for the file in the folder.
    ///   - ownJournal: name of this office's own journal; each process on one server has another.
    init(
        folder: String, county: String?, clock: Clock, randomness: Randomness,
        database: String? = nil, ownJournal: String = Office.ownJournal
    ) throws {
        try makeFolder(folder + "/keys")
        let store = try Office.store(folder, database)
        self.store = store
        self.folder = folder
        self.clock = clock
        self.randomness = randomness
        let first = try DeviceKey.kept(at: folder + "/keys/service.key", randomness: randomness)
        credentialKey = try DeviceKey.kept(
            at: folder + "/keys/credential.key", randomness: randomness)
        guard let own = KioskID(rawValue: ownJournal) else {
            throw OfficeFault.notAllowed(ownJournal)
        }
        journal = try Journal(path: folder + "/journal.sqlite", kiosk: own)
        let trust = try Office.trust(store, county, folder, first, credentialKey)
        self.trust = trust
        self.county = trust.county
        serviceKey = Mutex(try Office.service(of: trust, folder, or: first))
        authority = try Authority.kept(
            in: folder + "/keys", county: trust.county, randomness: randomness)
        stickKey = try DeviceKey.kept(at: folder + "/keys/stick.key", randomness: randomness)
        policy = Policy(rules: Rulebook(region: "", parameters: []), catalogue: .empty)
        if let content = try Office.content(store) {
            policy = Policy(rules: try content.rulebook(), catalogue: content.lookup)
            policyVersion = try store.read { try $0.released(.policy)?.version ?? 0 }
        }
        if store.needsRebuild {
            let policy = policy
            try store.write { try replay($0, by: policy) }
        }
    }

    private static func store(_ folder: String, _ database: String?) throws -> any CountyStore {
        if let database { return try PostgresStore(database) }
        return try SQLiteStore(path: folder + "/county.sqlite")
    }

    private static func trust(
        _ store: any CountyStore, _ county: String?, _ folder: String, _ service: DeviceKey,
        _ credential: DeviceKey
    ) throws -> Trust {
        let kept = try store.read { try $0.note("county") }.map {
            String(decoding: $0, as: UTF8.self)
        }
        if let root = try store.read({ try $0.released(.root) }) {
            return Trust(
                try SignedDocument(role: .root, bytes: root.statement).value(Root.self))
        }
        guard let code = kept ?? county else { throw OfficeFault.noCounty }
        if kept == nil { try store.write { try $0.put(note: "county", Array(code.utf8)) } }
        return Trust(
            county: code, officeKeys: try officeKeys(folder), threshold: 2,
            serviceKey: hex(service.publicKey), credentialKeys: [hex(credential.publicKey)])
    }

    /// Public halves of the clerks' keys.
    static func officeKeys(_ folder: String) throws -> [String] {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/keys").sorted()
        return try files.filter { $0.hasSuffix(".sealed") }
            .map { try SealedKey.publicKey(folder + "/keys/" + $0) }
    }

    /// A clerk's key, sealed under the PIN, made when the clerk is registered.
    func makeOfficeKey(of clerk: String, pin: String) throws {
        let path = sealedKey(of: clerk)
        guard !FileManager.default.fileExists(atPath: path) else { return }
        _ = try SealedKey.make(at: path, pin: pin, randomness: randomness)
        // Before the first root the clerks are whoever has a key; after it a root says so.
        guard trust.rootVersion == 0 else { return }
        trust.officeKeys = try Office.officeKeys(folder)
        trust.rootKeys = trust.officeKeys
    }

    func sealedKey(of clerk: String) -> String { folder + "/keys/\(clerk).sealed" }

    nonisolated var today: Day { clock.now().day }

    /// The content of the newest released policy.
    static func content(_ store: any CountyStore) throws -> PolicyContent? {
        try store.read { session in
            guard let released = try session.released(.policy) else { return nil }
            return try content(of: released.statement, session)
        }
    }

    static func content(of statement: [UInt8], _ session: any LedgerSession) throws -> PolicyContent
    {
        let manifest = try Office.manifest(of: statement, .policy)
        var sections: [String: [UInt8]] = [:]
        for section in manifest.sections {
            guard let packed = try session.section(section.digest) else {
                throw DocumentFault.sectionMissing(section.name)
            }
            sections[section.name] = try open(packed, as: section)
        }
        return try PolicyContent(sections: sections)
    }

    /// Prices by the newest policy of the store, whichever process released it.
    func usePolicy(of session: any LedgerSession) throws {
        guard let released = try session.released(.policy), released.version > policyVersion
        else { return }
        let content = try Office.content(of: released.statement, session)
        policy = Policy(rules: try content.rulebook(), catalogue: content.lookup)
        policyVersion = released.version
    }

    /// The 32 bytes that two servers compare.
    func digest() throws -> Fingerprint {
        try foldBacklog()
        return try store.read { try digest($0) }
    }

    nonisolated func digest(_ session: any LedgerSession) throws -> Fingerprint {
        ledgerDigest(
            try session.journals().map { journal in
                let beyond =
                    journal.forkedAt == nil ? [] : try session.branches(of: journal.kiosk).beyond
                return DigestedJournal(
                    kiosk: journal.kiosk, through: journal.through, head: journal.head,
                    beyond: beyond)
            }, sets: try session.setHashes())
    }
}

/// Why the office does not do what was asked.
enum OfficeFault: Error, Equatable {
    case noCounty
    case unknownOperator(String)
    case wrongPIN
    /// Only county clerks publish and release.
    case roleNotAllowed(String)
    case nothingToRelease
    /// Signed before the county was set back: its number may have been given since the backup.
    case proposalOutdated
    case anotherProposalWaits(by: String)
    /// The office's journal and the one in a backup both hold what the other lacks.
    case anotherJournal
    case unknownInstitution(String)
    case unknownDevice(KioskID)
    /// The one-time code is not this one; so many tries are left.
    case wrongCode(KioskID, left: Int)
    /// No code waits: it was used, ran out, or was tried too often.
    case noCode(KioskID)
    /// What registers does not hold the key it names.
    case unsigned(KioskID)
    case revoked(KioskID)
    /// The request came without a certificate of this county, or with one the registry lacks.
    case noCertificate
    case lastSeenBeforeHeld(KioskID, held: Int)
    /// The device has registered another key before.
    case alreadyRegistered(KioskID)
    case unknownPerson(String)
    /// More than one person bears the name.
    case severalPeople(String)
    /// The roll does not let the patient pay from this person's account.
    case accountNotShared(PersonNumber)
    case noPolicy
    case notRecognised(file: String)
    case notAllowed(String)
    /// Nothing of that kind is kept.
    case notThere
    /// A key that was taken out of an earlier root never comes back.
    case retiredKey(String)
    case faults(String)
    case monthNotOver(Month)
    /// The database is a server's, which has its own tools for backups.
    case serverKeepsBackups
    case monthClosed(Month)
    /// Who proposed may not confirm.
    case samePerson
}
