import Journaling
import Syncing
import Vocabulary

/// What a parcel adds to a journal the county already holds a part of.
public enum Arrival: Sendable, Equatable {
    /// These entries are new; the rest of the parcel was known.
    case new([Entry])
    /// The parcel starts after what the county holds: send from here.
    case gap(holds: Int)
    /// The journal says something else under a number already used: both are kept, a person decides.
    case fork(at: Int, entries: [Entry])
}

/// Places a parcel against the journal as stored.
///
/// - Parameters:
///   - holds: the last sequence number stored for this kiosk.
///   - hash: the stored hash at a number; zero for 0.
public func place(
    _ parcel: Parcel, holds: Int, hash: (Int) throws -> Fingerprint?
) rethrows -> Arrival {
    let first = parcel.firstSequence
    guard first <= holds + 1 else { return .gap(holds: holds) }
    if try hash(first - 1) != parcel.previous {
        return .fork(at: first, entries: parcel.entries)
    }
    for (offset, entry) in parcel.entries.enumerated() {
        let sequence = first + offset
        guard sequence <= holds else { break }
        if try hash(sequence) != entry.hash {
            return .fork(at: sequence, entries: Array(parcel.entries[offset...]))
        }
    }
    return .new(Array(parcel.entries.dropFirst(holds - first + 1)))
}
