import Journaling
import Vocabulary

/// Two visits settled the same sum that a person was owed, or owed.
///
/// First valid wins: the earlier settled it; what the later gave or took is given back at the next
/// visit. One that settles what was never open stands alone.
///
/// - Parameter beyond: what the visit gave the person too much; negative where it took too much.
func owedTwice(_ placed: Placed, _ before: [EntryReference], _ beyond: Money) -> [Clash] {
    [Clash(.owedTwice, before + [placed.reference], amount: -beyond)]
}
