import Rules
import Vocabulary

/// What a person's own contribution puts into the account for a month: all of it.
public func ownCredit(
    base: Money, on day: Day, by rules: Rulebook
) throws(RulebookFault) -> Cited<Money>? {
    let folder = rules.folder(accounts)
    guard let rate = try folder.share("own_rate", on: day) else { return nil }
    let part = try folder.share("own_credited", on: day)?.value ?? .one
    return Cited(base.share(rate.value).share(part), rate.citation)
}
