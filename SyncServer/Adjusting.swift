import Hosting
import Journaling
import Merging
import Pricing
import Rules
import Syncing
import Vocabulary

// Differences become entries of the office's own journal, each with its reason; months are closed by
// entries too.
extension Office {
    /// Books what the folded person-years leave open.
    ///
    /// - Returns: how many adjustments were written.
    @discardableResult
    func bookAdjustments() throws -> Int {
        try foldBacklog()
        var written = 0
        while true {
            let facts = try store.read { session in
                let closings = try session.closings()
                return try session.openCorrections(limit: 1_000).flatMap { person, year in
                    try (session.personYear(person, year)?.corrections ?? [])
                        .filter { !$0.open.isEmpty }
                        .map { try adjustment(of: $0, person, year, closings) }
                }
            }
            guard !facts.isEmpty else { return written }
            let now = clock.now()
            for fact in facts {
                try journal.append(
                    .adjustment(fact),
                    Journal.Stamp(at: now, day: now.day, by: "", session: ""))
            }
            written += facts.count
            try takeOwnEntries()
        }
    }

    private func adjustment(
        of correction: PersonYear.Correction, _ person: PersonNumber, _ year: Int,
        _ closings: Closings
    ) throws -> Adjustment {
        let open = correction.open
        return Adjustment(
            identity: randomness.identity(), person: person, year: year,
            kiosk: correction.visit.kiosk, sequence: correction.visit.sequence,
            hash: correction.visit.hash, scheme: correction.scheme, difference: open,
            reason: correction.reason, bearer: try bearer(of: correction, open.values.sum()),
            isLate: closings.isClosed(Month(of: correction.day)))
    }

    /// What a fund paid too little is the person's; who bears the opposite is policy.
    private func bearer(of correction: PersonYear.Correction, _ total: Money) throws
        -> Adjustment.Bearer
    {
        guard total < .zero else { return .person }
        let path = "common/overpaid/" + correction.reason.parameter
        let word = try policy.rules.word(path, on: correction.day)?.value
        return word.flatMap(Adjustment.Bearer.init(rawValue:)) ?? .fund
    }

    /// Closes a month that is over: what is merged by now stands, what comes later is late.
    func close(_ month: Month, by id: String, pin: String) throws -> Entry {
        try checkPIN(of: id, pin)
        try requireClerk(id)
        guard month < Month(of: today) else { throw OfficeFault.monthNotOver(month) }
        guard try store.read({ try !$0.closings().isClosed(month) }) else {
            throw OfficeFault.monthClosed(month)
        }
        try bookAdjustments()
        let through = try store.read { session in
            Dictionary(
                uniqueKeysWithValues: try session.journals().map { ($0.kiosk.rawValue, $0.through) }
            )
        }
        let now = clock.now()
        let entry = try journal.append(
            .monthClosed(MonthClosed(month: month, through: through)),
            Journal.Stamp(at: now, day: now.day, by: id, session: ""))
        try takeOwnEntries()
        return entry
    }

    /// Takes entries that a closing leaves out from the days they stand on to the open month.
    nonisolated func leaveOut(
        _ closed: Placed, _ session: any LedgerSession, _ books: inout Books
    ) throws {
        guard case .monthClosed(let fact) = closed.entry.fact else { return }
        let before = try session.closings()
        try session.cache(basis: closed, keep: true)
        let after = try session.closings()
        for journal in try session.journals() {
            let held = fact.through[journal.kiosk.rawValue] ?? 0
            guard journal.through > held else { continue }
            for placed in try session.counted(of: journal.kiosk, behind: held) {
                let context = try session.bookingContext(of: placed)
                let (old, new) = (
                    place(placed, context, before), place(placed, context, after)
                )
                guard old != new, let booking = book(placed, context) else { continue }
                books.add(-booking, at: old)
                books.add(booking, at: new)
            }
        }
    }
}

extension Adjustment.Reason {
    /// The parameter under `common/overpaid` that says who bears it.
    var parameter: String {
        switch self {
        case .limitOverspent: "limit_overspent"
        case .policyOutOfDate: "policy_out_of_date"
        case .deductibleTwice, .takenBack, .yearChanged: "other"
        }
    }
}
