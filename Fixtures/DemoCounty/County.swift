import Identifying
import Vocabulary

/// The invented county 青溪县: made anew from a seed, village by village.
///
/// Nothing is kept but the layout; a household lives as long as its reader holds it.
public struct County: Sendable {
    public let seed: UInt64
    public let day: Day
    public let townships: [Township]
    public let institutions: [Institution]
    public let operators: [Operator]
    private let names: NameBook

    /// The county as its roll stood on `day`, which must lie in ``Figures/years``.
    public static func generate(seed: UInt64, on day: Day, names: NameBook) -> County {
        precondition(Figures.years.contains(day.year), "no roll for \(day)")
        var chance = SeededGenerator(seed: seed, stream: 0)
        let townships = layOut(names, &chance)
        let institutions = Institution.all(in: townships)
        return County(
            seed: seed, day: day, townships: townships, institutions: institutions,
            operators: Operator.all(at: institutions, names: names, &chance), names: names)
    }

    /// Hands over every household of the county, the cast of 黄坳村 first.
    public func forEachHousehold(_ body: (Household) throws -> Void) rethrows {
        var registrar = Registrar()
        for village in townships.flatMap(\.villages) {
            try settle(village, &registrar, body)
        }
    }

    public func forEachMember(_ body: (Member) throws -> Void) rethrows {
        try forEachHousehold { try $0.members.forEach(body) }
    }
}

extension County {
    private func settle(
        _ village: Village, _ registrar: inout Registrar, _ body: (Household) throws -> Void
    ) rethrows {
        let chance = SeededGenerator(seed: seed, stream: village.number)
        var family = Family(today: day, names: names, chance: chance)
        let cast = village.number == 1 ? Cast.households(on: day) : []
        var (living, serial) = (0, 0)
        while living < village.population {
            var drafts: [Draft]
            if serial < cast.count {
                drafts = cast[serial]
            } else {
                let left = village.population - living
                drafts = family.people(.draw(atMost: left, &family.chance))
                Circumstances(today: day).apply(to: &drafts, &family.chance)
            }
            serial += 1
            let group = 1 + living * village.groups / village.population
            living += drafts.count
            try body(enrol(drafts, village, serial: serial, group: group, &registrar))
        }
    }

    private func enrol(
        _ drafts: [Draft], _ village: Village, serial: Int, group: Int,
        _ registrar: inout Registrar
    ) -> Household {
        let number = village.householdNumber(serial)
        var members: [Member] = []
        for (index, draft) in drafts.enumerated() {
            let home = Home(
                township: village.township, village: village.name, group: group,
                household: number, isHead: index == 0)
            members.append(draft.registered(in: home, by: &registrar))
        }
        return Household(number: number, members: members, kin: drafts.map(\.kin))
    }
}
