import Checking
import Vocabulary

/// Why the desk does not do what was asked; every case becomes a sentence that says what, why and
/// what now.
enum Refusal: Error, Equatable {
    case wrongPIN(left: Int)
    case signInClosed(until: Instant)
    case roleNotAllowed(needed: Role)
    case noDiagnosis
    case noLines
    case unknownDiagnosis(String)
    case unknownItem(String)
    case badQuantity(String)
    case badPrice(String)
    /// Nobody has priced the item: it is known by the national list alone.
    case priceNeeded(String)
    case badDays(String)
    /// Findings that stop the visit, or warnings without a reason.
    case findings([Finding])
    case nothingToVoid(Int)
    case alreadyVoided(Int)
    case voidOnlySameDay(Day)
    case reasonNeeded
    case unknownHousehold(String)
    /// No telephone could be rung under this, or no roll has such a group.
    case notReachable(String)
    case receiptsUsedUp
    case alreadyCollected(PersonNumber, year: Int)
    case dayNotOver
    case noPolicy
    /// What was typed is no one-time code.
    case codeNeeded
    case notProvisioned(String)
    case tenderUnknown(String)
    /// Nothing says for sure what day it is; the visit waits for a word of the county or a person.
    case timeUnsure(Instant)
    /// The county's signed word, or this journal, knows a later time.
    case timePassed(Instant)
    /// What was on the screen is no longer what would be settled.
    case changedMeanwhile
    /// The identity names an entry of somebody else.
    case identityTaken(String)
    /// The identity names an entry that says something else of the same person or household.
    case saidDifferently(Int)
    /// Not of this township; what the county's list knows instead.
    case notOnThisRoll(CountyWord)
}
