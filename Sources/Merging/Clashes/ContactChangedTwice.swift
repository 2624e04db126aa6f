import Journaling
import Vocabulary

/// A person's telephone or village group changed at two desks that did not know of each other.
///
/// Commutes: both are kept and shown, the later in canonical order holds, since no money hangs on
/// it. It is over as soon as somebody changes it who had the other's word before them, or says the
/// same as stands.
func contactChangedTwice(_ ordered: [Placed]) -> [Clash] {
    let contact = foldContact(ordered)
    let apart = [contact.phone?.apart, contact.group?.apart].compactMap(\.self)
    return Set(apart.map { [$0.0, $0.1] }).sorted { $0.lexicographicallyPrecedes($1) }
        .map { Clash(.contactChangedTwice, $0) }
}
