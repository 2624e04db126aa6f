import Rules
import Vocabulary

/// A sum that the county owes a person after pricing a year again, or (negative) that the person
/// owes, until visits have settled it.
public struct OwedSum: Hashable, Sendable, Codable {
    /// Identity of the adjustment that left it, or of the visit that settled what another visit had
    /// settled before.
    public var identity: String
    /// The person-year it stands in, which need not be the year it is settled in.
    public var year: Int
    /// What the person is to be given; negative is to be given back.
    public var amount: Money
    /// Why, by the journal's word.
    public var reason: String
    /// Where and when the visit was that it is about.
    public var kiosk: KioskID
    public var day: Day

    enum CodingKeys: String, CodingKey {
        case identity = "id"
        case year = "y"
        case amount = "n"
        case reason = "why"
        case kiosk = "at"
        case day = "on"
    }

    public init(
        identity: String, year: Int, amount: Money, reason: String, kiosk: KioskID, day: Day
    ) {
        self.identity = identity
        self.year = year
        self.amount = amount
        self.reason = reason
        self.kiosk = kiosk
        self.day = day
    }

    public static prefix func - (sum: OwedSum) -> OwedSum {
        var mirrored = sum
        mirrored.amount = -sum.amount
        return mirrored
    }
}

extension [OwedSum] {
    public var total: Money { sum { $0.amount } }
}

/// How much of what is owed a visit settles: the parameters under `common/owed`.
public struct OwedTerms: Hashable, Sendable {
    /// What is asked for of a person who owes; what the county owes is given in any case but never.
    public enum Extent: String, Sendable, CaseIterable {
        case all
        /// At most a share of the visit's own part.
        case share
        /// Neither given nor taken at a visit.
        case never
    }

    public let extent: Extent
    /// Of the own part, what a person who owes is asked for beside it.
    public let mostShare: Share
    /// Nothing smaller is asked for.
    public let least: Money
    /// Whether the operator may leave it out where the person cannot pay.
    public let mayLeave: Bool
    /// Where the extent is written, for whoever asks why.
    public let citation: Citation?

    public static let folder = "common/owed"
    /// A region that says nothing settles nothing at visits.
    public static let none = OwedTerms()

    private init() {
        (extent, mostShare, least, mayLeave, citation) = (.never, .zero, .zero, false, nil)
    }

    /// The terms of a day for somebody with these titles.
    ///
    /// - Throws: ``RulebookFault`` for a word that is none known, and a share that is missing.
    public init(
        by rules: Rulebook, on day: Day, titles: [Title] = []
    ) throws(RulebookFault) {
        let folder = rules.folder(OwedTerms.folder)
        guard let word = try folder.word("at_next_visit", on: day) else {
            self = .none
            return
        }
        guard let extent = Extent(rawValue: word.value) else {
            throw .kind(parameter: folder.path + "/at_next_visit")
        }
        var person = Circumstances()
        if !titles.isEmpty { person.state(.title, titles.map(\.rawValue)) }
        self.extent = extent
        mostShare =
            extent == .share
            ? try folder.require(
                try folder.share("most_share", on: day, for: person), "most_share"
            ).value : .one
        least = try folder.money("least", on: day, for: person)?.value ?? .zero
        mayLeave = try folder.word("may_leave", on: day, for: person)?.value == "yes"
        citation = word.citation
    }

    /// What of it a visit settles, parts of single sums included.
    ///
    /// What the county owes pays the own part and no more; what the person owes is bounded by the
    /// terms. Sums of the other sign are settled whole, the rest as listed.
    public func settled(_ owing: [OwedSum], ownPart: Money) -> [OwedSum] {
        let net = owing.total
        let isGiven = net > .zero
        let most = isGiven ? min(net, ownPart) : -taken(of: -net, ownPart)
        guard extent != .never, most != .zero else { return [] }
        var left = most - owing.filter { ($0.amount > .zero) != isGiven }.total
        return owing.compactMap { sum in
            guard (sum.amount > .zero) == isGiven else { return sum }
            var part = sum
            part.amount = isGiven ? min(sum.amount, left) : max(sum.amount, left)
            left -= part.amount
            return part.amount == .zero ? nil : part
        }
    }

    private func taken(of debt: Money, _ ownPart: Money) -> Money {
        let most = extent == .all ? debt : Money.sum(of: [(ownPart, mostShare)], .down)
        let taken = min(debt, most)
        return taken < least ? .zero : taken
    }
}
