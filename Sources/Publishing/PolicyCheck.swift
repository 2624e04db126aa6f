import Checking
import Pricing
import Rules
import Vocabulary

/// Everything that is wrong with a rule set, over all steps that read it, in one go.
public func policyFaults(_ book: Rulebook, files: [String: String]) -> [RuleFault] {
    let schemes = Scheme.allCases.map(\.rawValue)
    var faults = pricingFaults(book, schemes: schemes)
    for scheme in schemes {
        faults += unread(book.folder("\(scheme)/contribution"), known: contribution)
        faults += unread(book.folder("\(scheme)/account"), known: account)
    }
    faults += unread(book.folder("common"), known: common)
    faults += allotmentFaults(book)
    faults += owedFaults(book)
    faults += strays(book, schemes)
    return faults + reviewFaults(book, files: files)
}

/// Folders beside the known ones: a scheme's code mistyped would leave its members without rules.
private func strays(_ book: Rulebook, _ schemes: [String]) -> [RuleFault] {
    let tops = Set(book.folders.compactMap { $0.path.split(separator: "/").first.map(String.init) })
    return tops.subtracting(schemes + ["common", "review", "sanction"]).sorted().map { top in
        RuleFault(
            file: top, line: 1, message: "no step reads this folder",
            remedy: "schemes are \(schemes.joined(separator: ", ")); see also common, review")
    }
}

/// What collecting and eligibility read.
private let contribution = [
    "add_on", "central_share", "change_bridge", "change_months", "change_years", "default_tier",
    "extension_start", "first_gap_year_free", "fiscal_subsidy", "gap_counted_from", "gap_rule",
    "incentive_after_years", "incentive_cap", "incentive_claim_free_step",
    "incentive_counted_from", "incentive_kept_on_break", "incentive_step",
    "incentive_wiped_on_use", "late_entry", "late_start", "late_subsidy_lost_from",
    "newborn_days", "newborn_late", "newborn_start", "refund_after", "refund_before",
    "refund_dated_by", "relief_fixed", "relief_full", "relief_share", "reminder",
    "repair_months", "repair_price", "repair_reduces", "repair_step_months", "standard",
    "tenders", "waiting_exempt", "waiting_floor_months", "waiting_floor_years",
    "waiting_months", "waiting_step_months", "window_extended_to", "window_from", "window_to",
]

/// What accounts are credited and spent by.
private let account = [
    "consult_fee", "deposit_rate", "deposit_year_days", "employer_credit", "family_accounts",
    "family_keeps", "family_links", "own_credited", "own_rate", "pays_for",
]

private let common = [
    "cash_rounding", "own_share_class_b", "roll_stale_days", "stale_visit_ceiling", "tenders",
]
