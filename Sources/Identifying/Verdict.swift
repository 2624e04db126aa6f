import Rules
import Vocabulary

/// The answer about one person and one day with the one rule that decided, so that a doctor can
/// say why and what to do next, and the county can check it.
public struct Verdict: Hashable, Sendable {
    public let eligibility: Eligibility
    public let rule: Rule
    /// The scheme that pays, or would.
    public let scheme: Scheme
    /// The figures of the decision: dates, months, comparisons.
    public let arithmetic: String
    public let citations: [Citation]
    /// What the history gives, where it says enough; beside a stated day it is the cross-check.
    public let computed: WaitingPeriod?

    /// What decided, in the order it is asked; exactly one does on any day.
    public enum Rule: String, Hashable, Sendable, CaseIterable {
        case death, move, suspension
        case monthPaid, monthsBroken, monthUnpaid
        /// The year paid in the old scheme carries over the new one's waiting period.
        case bridged
        case waitingStated, waitingComputed, yearPaid
        case newborn, yearUnpaid
    }

    /// What helps the person today.
    public enum NextStep: Hashable, Sendable {
        case none
        case payBy(Day)
        case payFor(year: Int)
        /// Come back from this day on; the missed years that could still be paid for.
        case waitUntil(Day, repairable: [Int])
        case askOffice
        case settleElsewhere
        case correctRecord
    }

    init(
        _ eligibility: Eligibility, _ rule: Rule, _ scheme: Scheme, _ arithmetic: String,
        _ citations: [Citation] = [], _ computed: WaitingPeriod? = nil
    ) {
        self.eligibility = eligibility
        self.rule = rule
        self.scheme = scheme
        self.arithmetic = arithmetic
        self.citations = citations
        self.computed = computed
    }

    public var nextStep: NextStep {
        switch eligibility {
        case .covered: .none
        case .newborn(let day): .payBy(day)
        case .unpaid(let year): .payFor(year: year)
        case .arrears(_, let by): by.map { .payBy($0) } ?? .askOffice
        case .waiting(let day): .waitUntil(day, repairable: computed?.missed ?? [])
        case .suspended: .askOffice
        case .moved: .settleElsewhere
        case .died: .correctRecord
        }
    }

    /// Whether the county's stated day differs from what the history gives: something to look at.
    public var contradictsHistory: Bool {
        guard let computed else { return false }
        return switch eligibility {
        case .waiting(let until): rule == .waitingStated && until != computed.benefitFrom
        default: false
        }
    }
}
