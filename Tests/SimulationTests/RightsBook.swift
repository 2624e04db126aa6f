import Foundation

/// Who was given how much of a yearly limit, and what was done with it: summed up by the auditor
/// from what devices and county really wrote, and from nothing that the product folds.
struct RightsBook {
    struct PersonAndYear: Hashable, Comparable {
        let person: String
        let year: Int

        static func < (a: Self, b: Self) -> Bool { (a.person, a.year) < (b.person, b.year) }
    }

    /// Of one person and year, in fen.
    struct Sums {
        /// Paid by the fund at desks, on whichever branch of a journal.
        var desk = 0
        /// Booked by the county afterwards.
        var booked = 0
        /// Of that at desks, paid without a right.
        var free = 0
        /// What honest holders may still spend.
        var open = 0
        /// By device, all it was ever given.
        var given: [String: Int] = [:]
    }

    private(set) var given: [String: Truth.Rights.Given] = [:]
    /// What ended by the county's word, and the last entry of the holder that may have spent it.
    private(set) var closed: [String: Int] = [:]
    private(set) var people: [PersonAndYear: Sums] = [:]
    private(set) var faults: [String] = []

    init(_ auditor: Auditor, _ lives: [Chain], copied: Set<String>) {
        for written in auditor.truth.written.values {
            guard let said = written.said else { continue }
            add(said)
        }
        var spent: [String: Int] = [:]
        var released: Set<String> = []
        for chain in lives {
            var life = Life(chain, self, floor: auditor.floor)
            life.walk(auditor.truth, isCopied: copied.contains(Self.device(chain.kiosk)))
            faults += life.faults
            // Of lives that share a beginning the one that spent more holds less.
            spent.merge(life.spent, uniquingKeysWith: max)
            released.formUnion(life.released.keys)
        }
        for right in given.values {
            let key = PersonAndYear(person: right.owner, year: right.year)
            people[key, default: Sums()].given[Self.device(right.holder), default: 0] +=
                right.amount
            guard closed[right.id] == nil, !released.contains(right.id) else { continue }
            people[key, default: Sums()].open += max(0, right.amount - (spent[right.id] ?? 0))
        }
    }

    static func device(_ journal: String) -> String { String(journal.prefix { $0 != "-" }) }

    private mutating func add(_ said: Truth.Said) {
        let rights = said.rights
        switch said.kind {
        case "visit", "visitVoid":
            // A void carries the mirror image of its amounts.
            let key = PersonAndYear(person: said.person, year: said.year)
            people[key, default: Sums()].desk += said.fund
            people[key, default: Sums()].free += rights.free
        case "adjustment":
            let key = PersonAndYear(person: rights.bookedFor, year: rights.bookedYear)
            people[key, default: Sums()].booked += rights.booked
        case "allotment":
            for right in rights.given { given[right.id] = right }
        case "rightsClosed":
            guard let through = rights.through else { return }
            for id in rights.closed { closed[id] = min(through, closed[id] ?? through) }
        default: break
        }
    }
}

/// One journal from its beginning to one end of it: what this life of a device did with its rights.
private struct Life {
    let chain: Chain
    let book: RightsBook
    /// What may be paid without a right in a year for one person.
    let floor: Int
    var spent: [String: Int] = [:]
    var free: [RightsBook.PersonAndYear: Int] = [:]
    var released: [String: Int] = [:]
    var faults: [String] = []

    init(_ chain: Chain, _ book: RightsBook, floor: Int) {
        self.chain = chain
        self.floor = floor
        self.book = book
    }

    /// - Parameter isCopied: what the county says of its numbers may mean another life's.
    mutating func walk(_ truth: Truth, isCopied: Bool) {
        var visits: [Int: Truth.Rights] = [:]
        for (place, hash) in chain.hashes.enumerated() {
            guard let written = truth.written[hash], let said = written.said else { continue }
            let sequence = place + 1
            let key = RightsBook.PersonAndYear(person: said.person, year: said.year)
            switch said.kind {
            case "visit":
                visits[sequence] = said.rights
                free[key, default: 0] += said.rights.free
                if let free = free[key], free > floor, said.rights.free > 0 {
                    faults.append("\(chain.kiosk) \(sequence): floors of \(free) for \(key)")
                }
                for (id, amount) in said.rights.spent.sorted(by: { $0.key < $1.key }) {
                    spent[id, default: 0] += amount
                    check(id, written, said, at: sequence, isCopied)
                }
            case "visitVoid":
                guard let back = visits.removeValue(forKey: said.voids ?? 0) else { continue }
                free[key, default: 0] -= back.free
                for (id, amount) in back.spent { spent[id, default: 0] -= amount }
            case "rightsClosed":
                for id in said.rights.closed { released[id] = sequence }
            default: break
            }
        }
    }

    private mutating func check(
        _ id: String, _ written: Truth.Written, _ said: Truth.Said, at sequence: Int,
        _ isCopied: Bool
    ) {
        func fault(_ text: String) { faults.append("\(chain.kiosk) \(sequence): \(id) \(text)") }
        guard let right = book.given[id] else { return fault("was never given") }
        if right.holder != chain.kiosk { fault("was given to \(right.holder)") }
        if right.owner != said.person || right.year != said.year {
            fault("is \(right.owner)'s of \(right.year), spent for \(said.person) \(said.year)")
        }
        if let spent = spent[id], spent > right.amount { fault("\(spent) of \(right.amount)") }
        if released[id] != nil { fault("was given back") }
        if let through = book.closed[id], sequence > through, !isCopied {
            fault("was closed through \(through)")
        }
        if written.isDaySure, written.at >= right.expires { fault("had expired") }
    }
}
