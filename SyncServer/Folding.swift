import Journaling
import Merging
import Vocabulary

// Person-years folded on every core. The store is read before and written after, by one thread;
// between lies nothing but arithmetic.

/// The unit of merging, as a key.
struct PersonAndYear: Hashable, Sendable {
    let person: PersonNumber
    let year: Int

    init(_ pair: (PersonNumber, Int)) { (person, year) = pair }
}

extension PersonAndYear: Comparable {
    static func < (a: PersonAndYear, b: PersonAndYear) -> Bool {
        (a.person, a.year) < (b.person, b.year)
    }
}

/// An entry as it lies in the store, still unread.
struct StoredEntry: Sendable {
    let kiosk: KioskID
    let sequence: Int
    let entry: EntryBytes
    var branch: Branches.Standing?

    func placed() -> Placed {
        Placed(kiosk: kiosk, sequence: sequence, entry: entry.entry(), branch: branch)
    }
}

extension StoredEntry {
    init(_ placed: Placed, on branch: Branches.Standing) {
        self.init(
            kiosk: placed.kiosk, sequence: placed.sequence,
            entry: EntryBytes(bytes: placed.entry.bytes, hash: placed.entry.hash), branch: branch)
    }
}

/// All that folding one person-year takes.
struct FoldingWork: Sendable {
    let place: PersonAndYear
    let entries: [StoredEntry]
    /// More entries, read already.
    let known: [Placed]
    /// The person-year as it was folded before; `nil` for a new one.
    var before: [UInt8]?

    var placed: [Placed] { known + entries.map { $0.placed() } }

    func folded(by policy: Policy) throws -> FoldedYear {
        let year = fold(place.person, place.year, placed, by: policy)
        let json = try year.compactJSON()
        var folded = FoldedYear(
            place: place, json: json,
            clashes: try year.clashes.map { try CompactJSON.encode($0) },
            isOpen: year.corrections.contains { !$0.open.isEmpty },
            isOwing: year.owing != nil, isNew: before == nil)
        guard json != before else { return folded }
        folded.isChanged = true
        folded.difference = SetHash(of: json)
        if let before {
            folded.difference = folded.difference + -SetHash(of: before)
            folded.wasOwing = Self.isOwing(before)
        }
        return folded
    }

    /// Whether a person-year as it was stored holds sums that visits may settle; looked for in the
    /// bytes, since most hold none, by a letter that hardly any other word has.
    private static func isOwing(_ json: [UInt8]) -> Bool {
        let word = Array("wing\":[".utf8)
        return json.indices.contains { place in
            json[place] == word[0] && json[place...].starts(with: word)
        }
    }
}

/// A folded person-year as it is written.
struct FoldedYear: Sendable {
    let place: PersonAndYear
    let json: [UInt8]
    let clashes: [[UInt8]]
    /// Something is due that no adjustment has booked.
    let isOpen: Bool
    /// Something is owed that a visit may settle.
    let isOwing: Bool
    let isNew: Bool
    var wasOwing = false
    var isChanged = false
    /// What it adds to the hash of all person-years.
    var difference = SetHash.empty
}

/// What entries add to the caches and the books, gathered so that each table is written once.
struct CacheChanges {
    private(set) var counted: [Placed] = []
    private(set) var visits: [Placed] = []
    private(set) var marks: [Mark] = []
    /// What is to be folded again once all is written.
    private(set) var subjects: Set<Hinge> = []
    var books = Books()

    /// As many are gathered as lie in memory with ease.
    var isLarge: Bool { counted.count >= 4_096 || visits.count >= 4_096 }

    mutating func count(_ placed: Placed, _ hinges: Set<Hinge>) {
        counted.append(placed)
        marks += hinges.map { Mark(entry: placed, subject: $0) }
        subjects.formUnion(hinges)
    }

    mutating func foldAgain(_ hinges: Set<Hinge>) { subjects.formUnion(hinges) }
    mutating func span(_ visit: Placed) { visits.append(visit) }

    /// Writes everything gathered so far, and holds nothing but what is to be folded again.
    mutating func store(in session: any LedgerSession) throws {
        let gathered = self
        self = CacheChanges()
        subjects = gathered.subjects
        try session.span(gathered.visits)
        try session.cache(gathered.counted)
        try session.mark(gathered.marks)
        try session.store(gathered.books)
    }
}
