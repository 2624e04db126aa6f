import Hosting
import Identifying
import Journaling
import Merging
import Publishing
import Syncing
import Vocabulary

/// Who and where, by their codes, as one page needs them.
struct Places: Sendable {
    let journals: [StoredJournal]
    private let byKiosk: [KioskID: StoredJournal]
    private let institutions: [String: Institution]
    private let operators: [String: Syncing.Operator]

    init(_ session: any LedgerSession) throws {
        journals = try session.journals()
        byKiosk = Dictionary(journals.map { ($0.kiosk, $0) }, uniquingKeysWith: { $1 })
        institutions = Dictionary(
            try session.institutions().map { ($0.code, $0) }, uniquingKeysWith: { $1 })
        operators = Dictionary(
            try session.operators().map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    }

    func journal(_ kiosk: KioskID) -> StoredJournal? { byKiosk[kiosk] }

    func place(_ kiosk: KioskID) -> Institution? {
        byKiosk[kiosk].flatMap { institutions[$0.institution] }
    }

    /// Where a kiosk stands, in words.
    func name(_ kiosk: KioskID) -> String {
        place(kiosk)?.name ?? byKiosk[kiosk]?.name ?? kiosk.rawValue
    }

    /// An institution by its code, in words.
    func institution(_ code: String) -> String { institutions[code]?.name ?? code }

    func phone(_ kiosk: KioskID) -> String { place(kiosk)?.phone ?? "" }

    func township(_ kiosk: KioskID) -> String { place(kiosk)?.township ?? "" }

    func townshipName(_ code: String) -> String {
        institutions.values.first { $0.township == code && !$0.townshipName.isEmpty }?.townshipName
            ?? Texts.countyItself
    }

    /// All townships with a device, in the order of their codes.
    var townships: [String] { Set(journals.map { township($0.kiosk) }).sorted() }

    func person(_ id: String) -> String {
        guard !id.isEmpty else { return Texts.page["device"] ?? "" }
        return operators[id].map { $0.name + " " + id } ?? id
    }
}

extension CountyStore {
    func operators() throws -> [String: Syncing.Operator] {
        Dictionary(
            try read { try $0.operators() }.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    }
}

extension Office {
    nonisolated func operators() throws -> [String: Syncing.Operator] { try store.operators() }
}

// Where things are found; every figure leads to one of these.
extension EntryReference {
    var href: String { "/entries/\(kiosk)/\(sequence)" }
}

extension Clash {
    /// A place that stays when the year is folded again: the kind and the entry that came last.
    func href(_ person: PersonNumber, _ year: Int) -> String {
        guard let last = entries.last else { return "/clashes" }
        return "/clashes/\(person)/\(year)/\(kind.rawValue)/\(last.kiosk)/\(last.sequence)"
    }
}

func memberHref(_ person: PersonNumber, _ year: Int? = nil) -> String {
    "/members/\(person)" + (year.map { "?year=\($0)" } ?? "")
}

extension LedgerSession {
    /// A name fit for a list.
    func maskedName(_ person: PersonNumber) throws -> String {
        try member(person).map { Texts.masked($0.name) } ?? person.rawValue
    }
}

/// The released content, read again only when a new version is out.
actor ContentShelf {
    private var held: (statement: [UInt8], content: PublishedContent)?

    func content(_ office: Office) throws -> PublishedContent? {
        guard let released = try office.store.read({ try $0.released(.policy) }) else { return nil }
        if let held, held.statement == released.statement { return held.content }
        guard let content = try Office.content(office.store) else { return nil }
        let published = PublishedContent(
            version: released.version, content: content, rules: try content.rulebook())
        held = (released.statement, published)
        return published
    }
}
