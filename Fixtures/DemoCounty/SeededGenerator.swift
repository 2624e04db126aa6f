/// A repeatable source of chance (SplitMix64): the same seed gives the same county everywhere.
///
/// The draws are written out here because the standard library may change how it turns bits into
/// ranges, and then every fixture would change with the compiler.
public struct SeededGenerator: Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    /// A stream of its own for one part of the county, so that a change in one village leaves
    /// the others as they were.
    public init(seed: UInt64, stream: Int) {
        var source = SeededGenerator(seed: seed ^ UInt64(stream) &* 0xD1B5_4A32_D192_ED03)
        state = source.next()
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number from zero up to but not including `limit`.
    public mutating func below(_ limit: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(limit)).high)
    }

    public mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// True in about `share` of 10,000 cases.
    public mutating func chance(_ share: Int) -> Bool { below(10_000) < share }

    public mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }
}

/// Choices of unequal frequency.
struct Weighted<Choice: Sendable>: Sendable {
    private let choices: [Choice]
    private let cumulated: [Int]

    init(_ weighted: [(choice: Choice, weight: Int)]) {
        choices = weighted.map(\.choice)
        var total = 0
        cumulated = weighted.map {
            total += $0.weight
            return total
        }
    }

    func draw(_ chance: inout SeededGenerator) -> Choice {
        let target = chance.below(cumulated[cumulated.count - 1])
        var (low, high) = (0, cumulated.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if cumulated[middle] <= target { low = middle + 1 } else { high = middle }
        }
        return choices[low]
    }
}
