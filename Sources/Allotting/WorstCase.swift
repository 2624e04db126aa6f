import Vocabulary

/// The most that a choice of policy can cost beyond a limit, computed before it is chosen.
///
/// For one person, limit and year, with every kiosk cut off from the others all year long.
public struct WorstCase: Hashable, Sendable {
    public let mode: AllotmentMode
    /// What the fund may pay beyond the limit through honest devices.
    public let overspend: Money
    /// What may be added by one copied device: what it held.
    public let copied: Money

    /// - Parameter kiosks: devices that settle visits.
    public init(_ mode: AllotmentMode, limit: Money, floor: Money, kiosks: Int) {
        self.mode = mode
        let once = min(max(.zero, floor), limit)
        switch mode {
        case .strict:
            overspend = .zero
            // All that is unspent may have been drawn to one place.
            copied = limit
        case .floor:
            // The home kiosk has its floor too, once its rights are used up.
            overspend = Money(fen: once.fen * max(0, kiosks))
            copied = limit + once
        case .optimistic:
            // Every kiosk but one pays a whole limit that another has paid.
            overspend = Money(fen: limit.fen * max(0, kiosks - 1))
            copied = limit
        }
    }
}
