import Journaling
import Vocabulary

/// A counted drawer: the cash leaves it for the bank, and a difference is named.
///
/// - Parameter earlier: the close of the same day that this one takes the place of.
func book(_ close: DayClose, insteadOf earlier: DayClose?) -> Booking? {
    let counted = close.counted - (earlier?.counted ?? .zero)
    let difference = close.difference - (earlier?.difference ?? .zero)
    return Booking([
        (.inTransit, counted), (.cashDifference, -difference),
        (.cashDrawer, difference - counted),
    ])
}
