import Identifying
import Vocabulary

/// The generation of a person in the household.
public enum Kin: Hashable, Sendable { case elder, adult, child }

/// A household of the roll, head first.
public struct Household: Hashable, Sendable {
    public let number: String
    public let members: [Member]
    /// The generation of each member, in the same order.
    public let kin: [Kin]
}

/// How many people of each generation live together, and how old the middle one is.
struct Composition: Sendable {
    let elders: Int
    let adults: Int
    let children: Int
    /// Age of the wife, or of the younger elder where there is no couple.
    let ages: ClosedRange<Int>

    var size: Int { elders + adults + children }

    init(_ elders: Int, _ adults: Int, _ children: Int, _ ages: ClosedRange<Int>) {
        self.elders = elders
        self.adults = adults
        self.children = children
        self.ages = ages
    }

    /// Shares chosen for a mean of 3.3 people and a rural age pyramid.
    static let all = Weighted([
        (Composition(1, 0, 0, 62...90), 82), (Composition(2, 0, 0, 60...84), 150),
        (Composition(0, 1, 0, 24...60), 62), (Composition(0, 2, 0, 27...65), 105),
        (Composition(0, 2, 1, 24...60), 140), (Composition(0, 2, 2, 29...60), 195),
        (Composition(0, 2, 3, 32...56), 60), (Composition(0, 1, 1, 27...58), 25),
        (Composition(1, 2, 1, 25...52), 62), (Composition(2, 2, 1, 25...48), 75),
        (Composition(1, 2, 2, 29...52), 72), (Composition(2, 2, 2, 29...48), 82),
        (Composition(2, 2, 3, 32...48), 14), (Composition(2, 0, 1, 52...70), 27),
        (Composition(1, 1, 1, 28...48), 15),
    ])

    static func draw(atMost limit: Int, _ chance: inout SeededGenerator) -> Composition {
        while true {
            let drawn = all.draw(&chance)
            if drawn.size <= limit { return drawn }
        }
    }
}
