import Rules
import Vocabulary

/// Whether a person may be served on a day, with the one reason that decides.
///
/// The kiosk and the county ask the same function, so that they cannot disagree about the law; they
/// can only disagree about how fresh the roll is.
public enum Eligibility: Hashable, Sendable {
    case covered
    /// Not yet paid for, but born so recently that benefit reaches back to the birth.
    case newborn(payBefore: Day)
    case unpaid(year: Int)
    case waiting(until: Day)
    case suspended(Suspension)
    case moved(Day)
    case died(Day)

    /// The fund may pay.
    public var paysBenefit: Bool {
        switch self {
        case .covered, .newborn: true
        case .unpaid, .waiting, .suspended, .moved, .died: false
        }
    }
}

extension Member {
    /// - Throws: ``RulebookFault`` where the rules do not reach back to the day.
    public func eligibility(on day: Day, by rules: Rulebook) throws(RulebookFault) -> Eligibility {
        if let died = coverage.died, died <= day { return .died(died) }
        if let moved = coverage.moved, moved <= day { return .moved(moved) }
        if let suspended = coverage.suspended, suspended.from <= day {
            return .suspended(suspended)
        }
        if coverage.paidYears.contains(day.year) {
            if let until = coverage.waitingUntil, day < until { return .waiting(until: until) }
            return .covered
        }
        let path = "\(scheme.rawValue)/contribution/newborn_days"
        if let days = try rules.count(path, on: day) {
            let last = birth.adding(days: days.value)
            if birth <= day, day <= last { return .newborn(payBefore: last) }
        }
        return .unpaid(year: day.year)
    }
}
