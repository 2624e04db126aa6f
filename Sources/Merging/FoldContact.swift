import Journaling
import Vocabulary

/// How a person is reached, as all entries about it together give it.
public struct Contact: Sendable {
    public internal(set) var phone: Said<String>?
    public internal(set) var group: Said<Int>?

    /// One detail: what holds, and what another desk said that did not know of it.
    public struct Said<Value: Hashable & Sendable>: Sendable {
        public let value: Value
        public let by: EntryReference
        let day: Day
        /// What its desk knew until then.
        let known: Value?
        /// The change before, where whoever wrote the last one did not know of it.
        public internal(set) var other: (value: Value, by: EntryReference)?

        /// Both entries of a change in two places, the one that holds last.
        var apart: (EntryReference, EntryReference)? { other.map { ($0.by, by) } }
    }

    /// What holds.
    public var details: ContactDetails { ContactDetails(phone: phone?.value, group: group?.value) }
}

/// Folds the entries about how one person is reached; pure, and a function of the set.
public func foldContact(_ entries: some Sequence<Placed>) -> Contact {
    // A branch nobody has decided about says nothing yet.
    let ordered = Set(entries).filter { !$0.isHeld }.sorted(by: Placed.canonical)
    var contact = Contact()
    for placed in ordered {
        guard case .contact(let change) = placed.entry.fact else { continue }
        if let phone = change.now.phone {
            contact.phone = said(phone, placed, knowing: change.before.phone, after: contact.phone)
        }
        if let group = change.now.group {
            contact.group = said(group, placed, knowing: change.before.group, after: contact.group)
        }
    }
    return contact
}

private func said<Value>(
    _ value: Value, _ placed: Placed, knowing known: Value?, after last: Contact.Said<Value>?
) -> Contact.Said<Value> {
    var said = Contact.Said(
        value: value, by: placed.reference, day: placed.entry.header.day, known: known)
    guard let last, last.value != value, last.value != known else { return said }
    // Within a day the order is the kiosks': what the last one had before it came first all the same.
    if last.day == said.day, last.known == value {
        said = last
        said.other = nil
        return said
    }
    said.other = (last.value, last.by)
    return said
}
