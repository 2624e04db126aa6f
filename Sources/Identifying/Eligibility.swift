import Rules
import Vocabulary

/// Whether a person may be served on a day.
///
/// The kiosk and the county ask the same function, so that they cannot disagree about the law; they
/// can only disagree about how fresh the roll is.
public enum Eligibility: Hashable, Sendable {
    case covered
    /// Not yet paid for, but born so recently that benefit reaches back to the birth.
    case newborn(payBefore: Day)
    case unpaid(year: Int)
    /// An employee without paid months since a day, and until when they may be made good.
    case arrears(since: Day, repairBy: Day?)
    case waiting(until: Day)
    case suspended(Suspension)
    case moved(Day)
    case died(Day)

    /// The fund may pay.
    public var paysBenefit: Bool {
        switch self {
        case .covered, .newborn: true
        case .unpaid, .arrears, .waiting, .suspended, .moved, .died: false
        }
    }
}

extension Member {
    /// - Throws: ``RulebookFault`` where the rules do not reach back to the day.
    public func eligibility(on day: Day, by rules: Rulebook) throws(RulebookFault) -> Eligibility {
        try verdict(on: day, by: rules).eligibility
    }

    /// The scheme that counts on a day: one only, so that no day is paid for twice.
    public func scheme(on day: Day) -> Scheme {
        guard let changes = coverage.changes?.sorted(by: { $0.on < $1.on }),
            let first = changes.first
        else { return scheme }
        return changes.last { $0.on <= day }?.to ?? first.from
    }

    /// Whether a person may be served on a day, with the one rule that decides and its figures.
    ///
    /// - Throws: ``RulebookFault`` where the rules do not reach back to the day.
    public func verdict(on day: Day, by rules: Rulebook) throws(RulebookFault) -> Verdict {
        if let died = coverage.died, died <= day {
            return Verdict(.died(died), .death, scheme, "\(died) ≤ \(day)")
        }
        if let moved = coverage.moved, moved <= day {
            return Verdict(.moved(moved), .move, scheme, "\(moved) ≤ \(day)")
        }
        if let suspended = coverage.suspended, suspended.from <= day {
            return Verdict(.suspended(suspended), .suspension, scheme, "\(suspended.from) ≤ \(day)")
        }
        let scheme = scheme(on: day)
        if scheme == .employee, let months = try monthVerdict(on: day, by: rules) { return months }
        return try yearVerdict(scheme, on: day, by: rules)
    }

    private func monthVerdict(
        on day: Day, by rules: Rulebook
    ) throws(RulebookFault) -> Verdict? {
        guard let found = try monthStanding(on: day, by: rules) else { return nil }
        let eligibility: Eligibility
        let rule: Verdict.Rule
        switch found.standing {
        case .covered: (eligibility, rule) = (.covered, .monthPaid)
        case .waiting(let until): (eligibility, rule) = (.waiting(until: until), .monthsBroken)
        case .arrears(let since, let by):
            (eligibility, rule) = (.arrears(since: since, repairBy: by), .monthUnpaid)
        }
        if !eligibility.paysBenefit, let bridge = try bridge(on: day, by: rules) { return bridge }
        return Verdict(eligibility, rule, .employee, found.arithmetic, found.citations)
    }

    /// While the new scheme makes a person wait, the year paid in the old one still counts.
    private func bridge(on day: Day, by rules: Rulebook) throws(RulebookFault) -> Verdict? {
        let changed = coverage.changes?.contains {
            $0.to == .employee && $0.on <= day && $0.on.year == day.year
        }
        let word = try Member.folder(.employee, rules).word("change_bridge", on: day)
        guard changed == true, let word, word.value == "yes" else { return nil }
        let old = try yearVerdict(.resident, on: day, by: rules)
        guard old.eligibility == .covered else { return nil }
        return Verdict(.covered, .bridged, .resident, "\(day.year)", [word.citation])
    }

    private func yearVerdict(
        _ scheme: Scheme, on day: Day, by rules: Rulebook
    ) throws(RulebookFault) -> Verdict {
        let year = day.year
        if coverage.paidYears.contains(year) {
            let computed =
                scheme == .resident ? try computedWaiting(year, on: day, by: rules) : nil
            if let paid = paidVerdict(scheme, computed, on: day) { return paid }
        }
        if let newborn = try newbornWindow(scheme, by: rules), newborn.contains(day) {
            return Verdict(
                .newborn(payBefore: newborn.last), .newborn, scheme,
                "\(birth) → \(newborn.last)", [newborn.citation])
        }
        return Verdict(.unpaid(year: year), .yearUnpaid, scheme, "\(year)")
    }

    /// - Returns: `nil` for a day before the payment that only came later.
    private func paidVerdict(
        _ scheme: Scheme, _ computed: WaitingPeriod?, on day: Day
    ) -> Verdict? {
        if let stated = coverage.waitingUntil {
            let waits = day < stated
            return Verdict(
                waits ? .waiting(until: stated) : .covered, waits ? .waitingStated : .yearPaid,
                scheme, "\(stated)", computed?.citations ?? [], computed)
        }
        guard let computed else { return Verdict(.covered, .yearPaid, scheme, "\(day.year)") }
        if day < computed.benefitFrom, day >= computed.countedFrom {
            return Verdict(
                .waiting(until: computed.benefitFrom), .waitingComputed, scheme,
                computed.arithmetic, computed.citations, computed)
        }
        guard day >= computed.benefitFrom else { return nil }
        return Verdict(
            .covered, .yearPaid, scheme, computed.arithmetic, computed.citations, computed)
    }

    /// The waiting period that reaches furthest into the year: its own, or that of a late payment
    /// for the year before.
    ///
    /// - Returns: `nil` where the roll does not say when the year was paid: then it does not know
    ///   enough for a computation, and the county's silence means that nothing runs.
    private func computedWaiting(
        _ year: Int, on day: Day, by rules: Rulebook
    ) throws(RulebookFault) -> WaitingPeriod? {
        guard let paid = coverage.paidOn(year) else { return nil }
        let own = try waiting(for: year, paidOn: paid, asOf: day, by: rules)
        guard let before = coverage.paidOn(year - 1), year > birth.year else { return own }
        let earlier: WaitingPeriod
        do {
            earlier = try waiting(for: year - 1, paidOn: before, asOf: day, by: rules)
        } catch {
            // Before the rule there was nothing to wait for.
            if case .beforeFirst = error { return own }
            throw error
        }
        return earlier.benefitFrom > own.benefitFrom ? earlier : own
    }
}
