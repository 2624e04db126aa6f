import Identifying
import Journaling
import Pricing
import Rules
import Settling
import Syncing
import Vocabulary

// What the county's adjustments left open for somebody, and what a visit settles of it.

/// The county's word on what is open, carried on by entries of this journal that it does not hold.
struct OwingHere {
    private let published: [OwedSum]
    private var settled: [OwedSum] = []
    private var returned: [OwedSum] = []

    init(_ published: [OwedSum]?) { self.published = published ?? [] }

    mutating func settle(_ sums: [OwedSum]?) {
        if let sums { settled += sums }
    }

    /// A void gives back what its visit settled, and carries that as a mirror image.
    mutating func giveBack(_ mirrored: [OwedSum]?) {
        for sum in (mirrored ?? []).map({ -$0 }) {
            if let place = settled.lastIndex(of: sum) {
                settled.remove(at: place)
            } else {
                returned.append(sum)
            }
        }
    }

    /// What is open now.
    ///
    /// A sum that was settled here and is listed no more was settled elsewhere as well: the county
    /// will see both visits. What was given back of a visit that the county holds is open again.
    var open: [OwedSum] {
        guard !settled.isEmpty || !returned.isEmpty else { return published }
        var open = published
        for sum in returned {
            if let place = open.firstIndex(where: { $0.identity == sum.identity }) {
                open[place].amount += sum.amount
            } else {
                open.append(sum)
            }
        }
        for sum in settled {
            guard let place = open.firstIndex(where: { $0.identity == sum.identity }) else {
                continue
            }
            open[place].amount -= sum.amount
        }
        return open.filter { $0.amount != .zero }
    }
}

/// What is settled with a visit of what the person is owed, or owes.
struct OwedToday: Sendable {
    let terms: OwedTerms
    /// All that is open; never empty.
    let open: [OwedSum]
    /// What this visit settles of it.
    let settled: [OwedSum]
    /// The operator may leave it out, and whether that was done.
    let mayLeave: Bool
    let isLeft: Bool

    /// `nil` where nothing is open, so that most visits ask no rule about it.
    init?(_ order: Order, _ patient: Patient, _ quote: Quote, by rules: Rulebook, on day: Day) {
        guard !patient.owing.isEmpty else { return nil }
        open = patient.owing
        // A debt never stands in the way of a visit: terms that cannot be read settle nothing.
        terms =
            (try? OwedTerms(by: rules, on: day, titles: patient.member.titles)) ?? .none
        let wanted = terms.settled(
            Array(open.prefix(Visit.mostSettled)), ownPart: quote.amounts.personPart)
        mayLeave = terms.mayLeave && wanted.total < .zero
        isLeft = mayLeave && order.leavesOwed == true
        settled = isLeft ? [] : wanted
    }
}

extension Proposal {
    /// What the person is asked for: the own part, less what the county owes, or with what is owed.
    var asked: Money { quote.amounts.personPart - (owed?.settled.total ?? .zero) }

    /// What was left out is written down with the visit.
    var leftOut: [Visit.Override] {
        guard let owed, owed.isLeft else { return [] }
        return [Visit.Override(rule: Settlement.owedWord, reason: Texts.owedLeft)]
    }
}

extension Desk {
    /// The clinics of a list of sums by the names people know them by.
    func clinics(of sums: [OwedSum]) throws -> [KioskID: String] {
        guard !sums.isEmpty else { return [:] }
        let bytes = try shelf.section(SectionName.devices) ?? []
        var names = Dictionary(
            try Lines.decode(DeviceRow.self, from: bytes).map { ($0.kiosk, $0.name) },
            uniquingKeysWith: { first, _ in first })
        names[journal.kiosk] = assignment.name
        return names
    }
}
