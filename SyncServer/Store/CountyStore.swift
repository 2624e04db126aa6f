import Identifying
import Journaling
import Merging
import Syncing
import Vocabulary

/// Where the county keeps its ledger; SQLite today, PostgreSQL behind the same words.
///
/// Every change happens inside one transaction that is durable when `write` returns.
protocol CountyStore: Sendable {
    func write<Value>(_ body: (any LedgerSession) throws -> Value) throws -> Value
    func read<Value>(_ body: (any LedgerSession) throws -> Value) throws -> Value
    /// The caches were made by an earlier version and dropped; a rebuild fills them.
    var needsRebuild: Bool { get }
}

/// The ledger inside one transaction.
protocol LedgerSession: JournalShelf, ForkedJournals, PersonYears, TownshipYears, MergedSums,
    AccountBooks, MonthReports, MergedVisits, Matters, Registry, Enrolments, Bulletins,
    LedgerReports
{}

/// The journals as they arrived.
protocol JournalShelf {
    func journal(_ kiosk: KioskID) throws -> StoredJournal?
    func journals() throws -> [StoredJournal]
    /// A device's journals, the first one and those it went on in.
    func journals(of device: KioskID) throws -> [StoredJournal]
    func put(_ journal: StoredJournal) throws
    func hash(_ kiosk: KioskID, at sequence: Int) throws -> Fingerprint?
    /// Keeps the device's signature over what it sent.
    func keep(_ checkpoint: Checkpoint) throws
    func checkpoints(of kiosk: KioskID) throws -> [Checkpoint]
    /// Appends consecutive entries behind the stored head.
    func append(_ entries: [EntryBytes], to kiosk: KioskID, behind sequence: Int) throws
    /// Journals with entries that are stored and not folded into the ledger yet.
    func backlog() throws -> [Backlog]
    /// How far a journal is folded; `nil` where that is as far as it is stored.
    func folded(of kiosk: KioskID) throws -> Int?
    func put(folded sequence: Int?, of kiosk: KioskID) throws
    /// Entries of a journal's first chain as they are stored, at most `limit`.
    func stored(_ kiosk: KioskID, behind sequence: Int, limit: Int) throws -> [StoredEntry]
    func entry(_ reference: EntryReference) throws -> Placed?
    /// An entry that is stored but cannot be merged.
    func setAside(_ reference: EntryReference, reason: String) throws
    /// Forgets that an entry was set aside; false where it was not.
    func takeBack(setAside reference: EntryReference) throws -> Bool
    func setAside(of kiosk: KioskID) throws -> [Int]
    /// Every chain as it came first, in order of kiosk and number.
    func forEachEntry(_ body: (Placed) throws -> Void) throws
}

/// Journals that say two things under one number.
protocol ForkedJournals {
    /// Keeps entries of a contested journal, for ever.
    ///
    /// - Parameter previous: hash of the entry before the first of them.
    /// - Returns: whether any of them is new.
    func keepFork(
        _ kiosk: KioskID, from sequence: Int, after previous: Fingerprint, _ entries: [EntryBytes]
    ) throws -> Bool
    /// The highest number stored on any branch.
    func holds(_ kiosk: KioskID) throws -> Int
    /// Trunk and branches, found from everything stored.
    func branches(of kiosk: KioskID) throws -> Branches
    /// Everything stored behind a number, by number and hash; the caller knows the standing.
    func entries(of kiosk: KioskID, behind sequence: Int) throws -> [Placed]
    /// What is stored under a number: one entry, or one for each branch.
    func entries(of kiosk: KioskID, at sequence: Int) throws -> [Placed]
    /// The standing the caches rest on.
    func beyond(_ kiosk: KioskID) throws -> [Fingerprint: Branches.Standing]
    func put(
        beyond links: [Link], _ standings: [Fingerprint: Branches.Standing], of kiosk: KioskID)
        throws
    /// Of entries in contested journals, the stored hash and that of their bytes.
    func forkHashes(of kiosk: KioskID) throws -> [(Int, Fingerprint, Fingerprint)]
    /// What the county has decided, by the first entry of a branch.
    func decisions(on kiosk: KioskID) throws -> [Fingerprint: Bool]
    /// Proposals and confirmations in order, whether they have effect or not.
    func storedDecisions(on kiosk: KioskID) throws -> [StoredDecision]
}

/// What the county holds of one device's journal.
struct StoredJournal: Sendable, Hashable {
    var kiosk: KioskID
    var institution: String
    var name: String
    /// Raw Ed25519 key in hexadecimal; empty until the device registered.
    var publicKey: String
    /// The code that waits to be used, a `PendingCode` as JSON; empty where none does.
    var oneTimeCode: String
    var revoked: Bool
    var through: Int
    var head: Fingerprint
    var lastContact: Instant?
    var lastEntryAt: Instant?
    /// The first number that says two things; beyond it a person decides what counts.
    var forkedAt: Int?
    var blocks: String
}

/// A journal that is stored further than it is folded.
struct Backlog: Sendable, Hashable {
    var kiosk: KioskID
    var folded: Int
    var through: Int
    /// Whose journal it is; the county's own come last, since they speak of the others.
    var institution: String
}

/// The unit of merging.
protocol PersonYears {
    func entries(of person: PersonNumber, year: Int) throws -> [Placed]
    func personYear(_ person: PersonNumber, _ year: Int) throws -> PersonYear?
    /// What folding person-years takes, in the order asked for.
    ///
    /// - Parameter placed: entries of trunks that need not be read again.
    func work(for years: [PersonAndYear], knowing placed: [Placed]) throws -> [FoldingWork]
    /// Replaces person-years and carries the county's digest along.
    func put(_ folded: [FoldedYear]) throws
    func personYears(since day: Day) throws -> [(PersonNumber, Int)]
    func years(of person: PersonNumber) throws -> [Int]
    /// The hashes of the derived sets, by name.
    func setHashes() throws -> [String: SetHash]
    /// Drops everything derived from entries.
    func clearCaches() throws
    /// What each cache holds, as the hash of its rows; rows that say nothing are left out.
    func cacheHashes() throws -> [String: SetHash]
}

/// What counted entries add to sums and sets.
protocol MergedSums {
    func cache(_ counted: [Placed]) throws
    /// The mirror image of ``cache(_:)``.
    func uncache(_ placed: Placed) throws
}

/// What the roll of a township carries of its people.
protocol TownshipYears {
    /// Standings of everybody of a township for a year.
    func standings(township: String, year: Int) throws -> [StandingRow]
    /// Contributions that stand, by person, for the roll.
    func contributions(township: String) throws -> [(PersonNumber, YearPayment)]
    /// What was drawn from personal accounts, by person and day, for the roll.
    func accountDrawings(township: String) throws -> [PersonNumber: [Day: Money]]
}

/// Double entry over all journals.
protocol AccountBooks {
    func store(_ books: Books) throws
    func booked(from: Day, to: Day) throws -> [BookedRow]
    func closings() throws -> Closings
    func bookingContext(of placed: Placed) throws -> BookingContext
    func cache(basis placed: Placed, keep: Bool) throws
    /// Entries of a journal behind a number that count and were not set aside.
    func counted(of kiosk: KioskID, behind sequence: Int) throws -> [Placed]
    /// Person-years with a difference that no adjustment has booked, by year and person.
    func openCorrections(behind last: PersonAndYear?, limit: Int) throws -> [PersonAndYear]
}

/// One sum in the books.
struct BookedRow: Sendable, Hashable {
    var place: BookingPlace
    var account: Account
    var amount: Money
}

/// Visits of all journals by business day, for review after the merge.
protocol MergedVisits {
    /// Remembers in which stretches of journals a day's visits lie, whatever becomes of them.
    func span(_ visits: [Placed]) throws
    /// Visits and their voids of some days, the newest day first; at most `limit`.
    func visits(from: Day, to: Day, limit: Int) throws -> [Placed]
    /// Whether more than one journal speaks of a person in a year.
    func isSeenElsewhere(_ person: PersonNumber, year: Int) throws -> Bool
}

/// People, institutions and operators of the county.
protocol Registry {
    /// - Parameter json: the member as it came, kept as it is.
    func put(_ member: Member, json: [UInt8]) throws
    func member(_ number: PersonNumber) throws -> Member?
    func search(_ text: String, limit: Int) throws -> [Member]
    func members(township: String) throws -> [Member]
    /// Townships in which anybody on the roll lives.
    func townships() throws -> [String]
    func memberCount() throws -> Int
    func put(_ institutions: [Institution]) throws
    func institutions() throws -> [Institution]
    func put(_ operators: [Syncing.Operator]) throws
    func operators() throws -> [Syncing.Operator]
    func put(_ revocation: Revocation) throws
    func revocations() throws -> [Revocation]
}

extension Registry {
    func put(_ members: [Member]) throws {
        for member in members { try put(member, json: try CompactJSON.encode(member)) }
    }
}

/// A clinic, a township desk or the county office itself.
struct Institution: Sendable, Hashable, Codable {
    var code: String
    var name: String
    /// village, township or county.
    var kind: String
    var level: String
    var township: String
    var townshipName: String
    var village: String
    var phone: String
    /// Last day of the agreement (定点协议); `nil` where none is kept.
    var agreementThrough: Day?
}

/// Published content and drafts.
protocol Bulletins {
    /// The newest manifest of a role that kiosks may have.
    func released(_ role: DocumentRole) throws -> (version: Int, statement: [UInt8])?
    func put(_ role: DocumentRole, version: Int, statement: [UInt8]) throws
    func section(_ digest: Fingerprint) throws -> [UInt8]?
    func put(section packed: [UInt8], digest: Fingerprint) throws
    /// The signed manifest, or root, of a version.
    func statement(_ role: DocumentRole, version: Int) throws -> [UInt8]?
    /// A kiosk says in its journal what it has read.
    func note(_ read: BulletinRead, of kiosk: KioskID) throws
    /// The highest version of a role that any kiosk says it has read, 0 for none.
    func highestRead(_ role: DocumentRole) throws -> Int
    /// The highest nightly bulletin that each kiosk says it has read.
    func nightsRead() throws -> [KioskID: Int]
    /// Remembers under which names a manifest publishes which sections.
    func note(_ manifest: Manifest) throws
    /// The names under which a section stands in the newest manifests.
    func names(of digest: Fingerprint) throws -> [String]
    /// Whether a section was published under a name and is still kept.
    func wasPublished(_ digest: Fingerprint, as name: String) throws -> Bool
    func delta(from old: Fingerprint, to new: Fingerprint) throws -> [UInt8]?
    func put(delta packed: [UInt8], from old: Fingerprint, to new: Fingerprint) throws
    /// Forgets sections of a role that only versions before the newest `kept` had, and what was
    /// made from them.
    func prune(_ role: DocumentRole, keeping kept: Int, and proposed: [Fingerprint]) throws
    func proposal() throws -> Proposal?
    func put(_ proposal: Proposal?) throws
    func note(_ name: String) throws -> [UInt8]?
    func put(note name: String, _ bytes: [UInt8]) throws
    func forget(note name: String) throws
}

extension Bulletins {
    func number(note name: String) throws -> Int? {
        try note(name).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
    }

    func put(note name: String, number: Int) throws { try put(note: name, Array("\(number)".utf8)) }
}

/// A policy signed by one clerk, waiting for another.
struct Proposal: Sendable, Codable, Hashable {
    var version: Int
    var statement: String
    var by: String
    var note: String
    /// The earliest day it touches; `nil` for the first policy.
    var firstDay: Day?
    var at: Instant
}

/// What the office's pages ask.
protocol LedgerReports {
    /// Notes when entries came in; known to this database alone, and nothing in the ledger rests on
    /// it.
    func put(arrived count: Int, of kiosk: KioskID, behind sequence: Int, at: Instant) throws
    func arrivals(since: Instant) throws -> Arrived
    func days(from: Day, to: Day) throws -> [DayRow]
    func clashes(limit: Int) throws -> [(person: PersonNumber, year: Int, clash: Clash)]
    func forks() throws -> [(kiosk: KioskID, sequence: Int, entries: Int)]
    func entryCount() throws -> Int
    /// One kiosk's business day, in order.
    func entries(of kiosk: KioskID, on day: Day) throws -> [Placed]
    /// The newest entries of a journal before a number.
    func entries(of kiosk: KioskID, before sequence: Int, limit: Int) throws -> [Placed]
    /// Entries that are stored and cannot be merged, with their reasons.
    func setAside(limit: Int) throws -> [(reference: EntryReference, reason: String)]
}

/// One kiosk's day in the ledger, in fen.
struct DayRow: Sendable, Hashable, Codable {
    var day: Day
    var kiosk: KioskID
    var visits = 0
    var total = Money.zero
    var fund = Money.zero
    var person = Money.zero
    var receipts = 0
    var contributions = Money.zero
}
