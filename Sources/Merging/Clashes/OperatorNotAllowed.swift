import Journaling
import Vocabulary

/// Somebody wrote what their post does not do: a doctor took contributions, a collector settled a
/// visit.
///
/// A person decides: the entry is kept and has no effect until two clerks let it in.
///
/// - Parameter role: the post under which the operator's session was opened; `nil` where the journal
///   does not say.
/// - Returns: why it has no effect; `nil` where it has.
public func operatorNotAllowed(_ fact: Fact, role: Role?) -> String? {
    guard let role else { return nil }
    let allowed: Set<Role> =
        switch fact {
        case .visit, .visitVoid: [.villageDoctor]
        case .contribution, .contributionVoid: [.townshipCollector]
        default: Set(Role.allCases)
        }
    return allowed.contains(role) ? nil : operatorFault + " \(role.rawValue)"
}

/// Begins the reason beside an entry whose operator may not do it.
public let operatorFault = "operator not allowed:"
