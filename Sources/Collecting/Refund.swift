import Identifying
import Rules
import Vocabulary

/// Why a contribution is asked back (退费).
public enum RefundGround: Hashable, Sendable {
    case died(Day)
    /// Paid twice for the same person and year.
    case duplicate
    /// Insured as an employee from this day on.
    case employee(from: Day)
    /// Insured in another place from this day on.
    case elsewhere(from: Day)
    /// The desk entered another person, year or tier; refunded first, then paid again.
    case clerkError

    /// The word that stands for it in the rules.
    public var word: String {
        switch self {
        case .died: "death"
        case .duplicate: "duplicate"
        case .employee: "employee"
        case .elsewhere: "elsewhere"
        case .clerkError: "clerkError"
        }
    }

    /// The day of what happened; `nil` where only the request has a day.
    var day: Day? {
        switch self {
        case .died(let day), .employee(let day), .elsewhere(let day): day
        case .duplicate, .clerkError: nil
        }
    }
}

/// What is given back of a contribution, in fen.
public struct Refund: Hashable, Sendable {
    /// To the person who paid.
    public let toPerson: Money
    /// The subsidy, back to the finance office.
    public let toFinance: Money
    /// The right contribution is to be collected again afterwards.
    public let payAgain: Bool
    public let verdict: Verdict
    public let citations: [Citation]

    public enum Verdict: String, Hashable, Sendable {
        /// The benefit period had not begun.
        case beforeBenefit
        /// It had, but the region gives this back all the same.
        case afterBenefitAllowed
        /// The benefit period had begun.
        case benefitBegan
        /// The region knows no refund on this ground.
        case groundNotKnown
    }

    public var isGranted: Bool { verdict == .beforeBenefit || verdict == .afterBenefitAllowed }
}

/// Decides a refund.
///
/// Source: 医保办函〔2021〕11号 第十六条: before the benefit period yes, once it has begun no;
/// regions that also give back duplicates and clerk errors say so in `refund_after`.
///
/// - Parameters:
///   - due: what had been collected.
///   - benefitFrom: first day of benefit that this payment bought.
///   - day: the day it is asked back.
public func refund(
    of due: Due, benefitFrom: Day, ground: RefundGround, askedOn day: Day, by rules: Rulebook
) throws(RulebookFault) -> Refund {
    let folder = rules.folder(contributions)
    let first = firstDay(of: due.year)
    let before = try folder.words("refund_before", on: first)
    let after = try folder.words("refund_after", on: first)
    let byRequest = try folder.word("refund_dated_by", on: first)?.value == "request"
    let happened = byRequest ? day : ground.day ?? day
    let verdict: Refund.Verdict
    if after?.value.contains(ground.word) == true, happened >= benefitFrom {
        verdict = .afterBenefitAllowed
    } else if before?.value.contains(ground.word) != true,
        after?.value.contains(ground.word) != true
    {
        verdict = .groundNotKnown
    } else {
        verdict = happened < benefitFrom ? .beforeBenefit : .benefitBegan
    }
    let granted = verdict == .beforeBenefit || verdict == .afterBenefitAllowed
    return Refund(
        toPerson: granted ? due.toPay : .zero, toFinance: granted ? due.relief : .zero,
        payAgain: granted && ground == .clerkError, verdict: verdict,
        citations: [before, after].compactMap { $0?.citation })
}
