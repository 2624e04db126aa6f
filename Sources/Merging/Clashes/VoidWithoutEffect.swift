import Journaling
import Vocabulary

/// A void of something unknown, of something later, or of what an earlier void has taken back.
///
/// First valid wins: the void is kept and has no effect until what it names is known; a second one
/// never has any. The day's counters and the books stay as they were.
///
/// - Parameters:
///   - stored: what the journal holds under the number the void names.
///   - setAside: whether an entry is kept without effect.
///   - others: voids of the same journal.
/// - Returns: why it has no effect; `nil` where it has.
public func voidWithoutEffect(
    _ void: Placed, stored: [Placed], setAside: (Placed) throws -> Bool, others: [Placed]
) rethrows -> String? {
    guard let number = void.voidsNumber else { return nil }
    guard number < void.sequence else { return VoidFault.later }
    let mirrored = stored.filter { void.entry.fact.mirrors($0.entry.fact) }
    guard let original = mirrored.first else { return VoidFault.unknown }
    // A contribution's void names the year it is for; a visit's is counted in the year of its day.
    if case .visitVoid = void.entry.fact, !void.isOfYear(original.entry.header.day.year) {
        return VoidFault.otherYear
    }
    if try setAside(original) { return VoidFault.ofSetAside }
    let before = others.contains { other in
        other.kiosk == void.kiosk && other.voidsNumber == number
            && (other.sequence, other.entry.hash) < (void.sequence, void.entry.hash)
            && mirrored.contains { other.entry.fact.mirrors($0.entry.fact) }
    }
    return before ? VoidFault.before : nil
}

/// Why a void has no effect, as it stands beside the entry that was set aside.
public enum VoidFault {
    public static let later = "voids something later"
    public static let unknown = "voids something unknown"
    public static let ofSetAside = "voids something set aside"
    public static let before = "voids something voided before"
    /// What is counted in one year is given back in that year; later it is the county's to rule on.
    public static let otherYear = "voids something of another year"
}
