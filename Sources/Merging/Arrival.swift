import Journaling
import Syncing
import Vocabulary

/// What a parcel adds to a journal the county already holds a part of.
public enum Arrival: Sendable, Equatable {
    /// These entries follow the trunk; the rest of the parcel was known.
    case new([EntryBytes])
    /// The parcel starts after all the county holds: send from here.
    case gap(holds: Int)
    /// The parcel contests a number already used, or the journal is contested already: everything
    /// is kept, and the branches are found from the set.
    case contested
}

/// Places a parcel against the journal as stored.
///
/// - Parameters:
///   - trunk: how far the uncontested part reaches.
///   - holds: the highest number stored on any branch.
///   - hash: the hash at a number of the trunk; zero for 0.
public func place(
    _ parcel: SignedParcel, trunk: Int, holds: Int, hash: (Int) throws -> Fingerprint?
) rethrows -> Arrival {
    let first = parcel.firstSequence
    guard first <= holds + 1 else { return .gap(holds: trunk) }
    guard trunk == holds, try hash(first - 1) == parcel.previous else { return .contested }
    for (offset, entry) in parcel.entries.enumerated() {
        let sequence = first + offset
        guard sequence <= trunk else { break }
        if try hash(sequence) != entry.hash { return .contested }
    }
    return .new(Array(parcel.entries.dropFirst(trunk - first + 1)))
}
