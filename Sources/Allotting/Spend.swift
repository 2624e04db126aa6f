import Pricing
import Vocabulary

/// What one device may spend of a person's limits at a moment: its rights, and where policy grants
/// one, a floor without a right.
public struct Holdings: Hashable, Sendable {
    public struct Piece: Hashable, Sendable {
        public let right: String
        public let owner: PersonNumber
        public let left: Int
        public let expires: Instant
    }

    /// By limit, what expires first standing first.
    public private(set) var pieces: [Counter: [Piece]] = [:]
    /// What may be paid without a right, by limit.
    public let floors: [Counter: Int]
    /// The limits that are spent by rights alone.
    public let limits: [Counter]

    /// - Parameters:
    ///   - rights: what the county gave, however often told.
    ///   - spent: what this journal's standing settlements took.
    ///   - latest: the latest that it may be now; see ``Clocks``.
    public init(
        of holder: KioskID, _ rights: some Sequence<Right>, spent: some Sequence<Spending>,
        closed: some Sequence<Closing>, limits: [Counter], floors: [Counter: Int] = [:],
        on day: Day,
        latest: Instant
    ) {
        self.limits = limits
        self.floors = floors.filter { limits.contains($0.key) && $0.value > 0 }
        let usable = Set(rights).filter {
            $0.holder == holder && $0.year == day.year
                && Clocks.holderMaySpend($0.expires, latest: latest)
        }
        let owners = Dictionary(usable.map { ($0.id, $0.owner) }) { first, _ in first }
        for state in RightsFold(granted: usable, spent: spent, closed: closed).states
        where state.left > 0 && limits.contains(state.limit) {
            guard let owner = owners[state.id] else { continue }
            pieces[state.limit, default: []].append(
                Piece(right: state.id, owner: owner, left: state.left, expires: state.expires))
        }
        pieces = pieces.mapValues { $0.sorted { ($0.expires, $0.right) < ($1.expires, $1.right) } }
    }

    public func rights(to limit: Counter) -> Int {
        (pieces[limit] ?? []).reduce(0) { $0 + $1.left }
    }

    /// What may be spent by limit, floors included; a limit without rights stands there as zero.
    public var held: [Counter: Int] {
        Dictionary(limits.map { ($0, rights(to: $0) + (floors[$0] ?? 0)) }) { first, _ in first }
    }

    /// What a settlement takes: rights first, what expires first before the rest, then the floor.
    ///
    /// - Returns: `nil` where more is asked than is held, which pricing within ``held`` rules out.
    public func take(_ use: [Counter: Int]) -> Taking? {
        var taking = Taking(held: held, parts: [], floors: [:])
        let limited = limits.filter { (use[$0] ?? 0) > 0 }
        for limit in limited.sorted(by: { "\($0)" < "\($1)" }) {
            var rest = use[limit] ?? 0
            for piece in pieces[limit] ?? [] where rest > 0 {
                let part = min(rest, piece.left)
                rest -= part
                taking.parts.append(
                    Taking.Part(right: piece.right, owner: piece.owner, limit: limit, amount: part))
            }
            guard rest <= floors[limit] ?? 0 else { return nil }
            if rest > 0 { taking.floors[limit] = rest }
        }
        return taking
    }
}

/// What a settlement took of which right.
public struct Taking: Hashable, Sendable {
    public struct Part: Hashable, Sendable {
        public let right: String
        public let owner: PersonNumber
        public let limit: Counter
        public let amount: Int
    }

    /// What could have been taken, by limit: the bound it was priced within.
    public let held: [Counter: Int]
    public internal(set) var parts: [Part]
    /// What was paid without a right, by limit.
    public internal(set) var floors: [Counter: Int]

    /// What the same settlement took of the rights of a relative; the bound stays the person's own.
    public mutating func add(ofRelative taking: Taking) { parts += taking.parts }
}
