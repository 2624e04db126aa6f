import Journaling
import Rules
import Vocabulary

/// A box wrote an entry earlier than the one before it, by more than clocks may differ.
///
/// A person decides: the order of the journal is right all the same, and prices go by the business
/// day. Entries around the step may stand on a wrong day.
func clockWrong(
    _ kiosk: KioskID, _ sequence: Int, _ milliseconds: Int, _ ordered: [Placed], _ known: Known
) -> [Clash] {
    ordered.filter { placed in
        guard placed.kiosk == kiosk, placed.sequence == sequence,
            let minutes = try? known.policy.rules.count(
                "common/clock/fault_minutes", on: placed.entry.header.day)?.value
        else { return false }
        return milliseconds > minutes * millisecondsOfMinute
    }.map { Clash(.clockWrong, [$0.reference], detail: "back by \(milliseconds) ms") }
}

private let millisecondsOfMinute = 60_000
