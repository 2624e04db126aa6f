import Rules
import Vocabulary

/// What the employer's contribution puts into a person's account (个人账户划入) for a month.
///
/// Source: a share of the monthly base by age. The ages of the bands overlap in the source (45 and
/// 55 stand in two of them); the file's `pick` says which band counts there.
///
/// - Parameters:
///   - base: the month's contribution base.
///   - day: a day of the month; age is whole years on it.
public func employerCredit(
    base: Money, born birth: Day, on day: Day, by rules: Rulebook
) throws(RulebookFault) -> Cited<Money>? {
    var asked = Circumstances()
    asked.state(.age, day.age(bornOn: birth))
    let folder = rules.folder(accounts)
    guard let share = try folder.share("employer_credit", on: day, for: asked) else { return nil }
    return Cited(base.share(share.value), share.citation)
}

let accounts = "\(Scheme.employee.rawValue)/account"
