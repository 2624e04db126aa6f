import Vocabulary

/// What bounds a bill beside the rules and what the person has used: rights to yearly limits.
///
/// Plain input like ``Standing``; without any the bill is priced as the rules alone say.
public struct Bounds: Hashable, Sendable {
    /// What may be spent here, by limit, in fen or times; a limit that is not named is free.
    public var held: [Counter: Int]
    /// What of a limit is promised to others and so is not left for this bill.
    public var promised: [Counter: Int]

    public init(held: [Counter: Int] = [:], promised: [Counter: Int] = [:]) {
        self.held = held
        self.promised = promised
    }

    public static let none = Bounds()
}
