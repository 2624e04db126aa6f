import Pricing
import Vocabulary

/// What has become of the rights to one person's limits in one year.
///
/// A function of three sets: any order, any repetition gives the same.
public struct RightsFold: Hashable, Sendable {
    public private(set) var states: [RightState]

    public init(
        granted: some Sequence<Right>, spent: some Sequence<Spending>,
        closed: some Sequence<Closing>
    ) {
        let spent = Dictionary(grouping: Set(spent), by: \.right)
        let closed = Dictionary(grouping: Set(closed), by: \.right)
        states = Set(granted).sorted {
            ($0.limit.description, $0.id) < ($1.limit.description, $1.id)
        }
        .map { RightState($0, spent[$0.id] ?? [], closed[$0.id] ?? []) }
    }

    /// What holders may still spend, by limit: nobody else may be promised it.
    public var outstanding: [Counter: Int] {
        states.reduce(into: [:]) { sums, state in
            if state.left > 0 { sums[state.limit, default: 0] += state.left }
        }
    }

    /// What was spent within rights, by limit.
    public var spent: [Counter: Int] {
        states.reduce(into: [:]) { sums, state in
            let sound = state.spent - state.beyond
            if sound > 0 { sums[state.limit, default: 0] += sound }
        }
    }
}

/// One right and what has become of it.
public struct RightState: Hashable, Sendable, Codable {
    public let id: String
    public let holder: KioskID
    public let limit: Counter
    public let granted: Int
    public let expires: Instant
    /// Everything that settlements say they took of it.
    public let spent: Int
    /// What of that was not theirs to take: more than was granted, behind the closing, or by another
    /// journal. Zero of every honest device; of a copied one at most what the device held.
    public let beyond: Int
    public let isClosed: Bool

    init(_ right: Right, _ spendings: [Spending], _ closings: [Closing]) {
        id = right.id
        holder = right.holder
        limit = right.limit
        granted = right.amount
        expires = right.expires
        // The holder's own word and the county's may both stand; the earlier one ended it.
        let end = closings.filter { $0.holder == right.holder }.map(\.through).min()
        isClosed = end != nil
        spent = spendings.reduce(0) { $0 + $1.amount }
        let timely = spendings.filter { spending in
            spending.holder == right.holder && end.map { spending.sequence <= $0 } ?? true
        }.reduce(0) { $0 + $1.amount }
        beyond = spent - min(timely, right.amount)
    }

    /// What no settlement that is known took of it.
    public var unspent: Int { max(0, granted - spent) }

    /// What the holder may still spend.
    public var left: Int { isClosed ? 0 : unspent }

    enum CodingKeys: String, CodingKey {
        case id
        case holder = "at"
        case limit = "lim"
        case granted = "n"
        case expires = "exp"
        case spent, beyond
        case isClosed = "end"
    }
}
