import Vocabulary

private let year = 365

/// Invents the people of one household: ages that fit together, surnames that pass on.
struct Family {
    let today: Day
    let names: NameBook
    var chance: SeededGenerator
    private var drafts: [Draft] = []

    init(today: Day, names: NameBook, chance: SeededGenerator) {
        self.today = today
        self.names = names
        self.chance = chance
    }

    /// The people of one household, the head first.
    mutating func people(_ composition: Composition) -> [Draft] {
        drafts = []
        let age = chance.within(composition.ages) * year + chance.below(year)
        if composition.adults > 0 {
            addCouple(.adult, count: composition.adults, age: age, surname: nil)
            addParents(count: composition.elders)
        } else {
            addCouple(.elder, count: composition.elders, age: age, surname: nil)
        }
        addChildren(count: composition.children)
        return drafts
    }

    /// The husband first, he is mostly a little older and head of the household.
    private mutating func addCouple(_ kin: Kin, count: Int, age: Int, surname: Spelled?) {
        if count == 2 {
            let his = age + chance.within(-year...5 * year)
            add(kin, .male, age: his, surname: surname ?? names.surnames.draw(&chance))
            add(kin, .female, age: age, surname: names.surnames.draw(&chance))
        } else {
            // Old women outlive their husbands; single adults are more often men.
            let sex: Sex = chance.chance(kin == .elder ? 3_400 : 6_200) ? .male : .female
            let own = sex == .male ? surname : nil
            add(kin, sex, age: age, surname: own ?? names.surnames.draw(&chance))
        }
    }

    /// The parents of the husband, in one of twelve houses of the wife.
    private mutating func addParents(count: Int) {
        guard count > 0 else { return }
        let ofWife = drafts.count == 2 && chance.chance(800)
        let surname = Spelled.surname(of: drafts[ofWife ? 1 : 0])
        let age = oldest() + chance.within(21 * year...32 * year)
        addCouple(.elder, count: count, age: age, surname: surname)
    }

    private mutating func addChildren(count: Int) {
        guard count > 0 else { return }
        let surname = Spelled.surname(of: drafts[drafts.count > 1 && chance.chance(400) ? 1 : 0])
        let parents = drafts.filter { $0.kin == .adult }
        let age = today.days(since: (parents.isEmpty ? drafts : parents).youngest())
        // Where the parents work far away, the grandparents' age stands in for theirs.
        let apart = parents.isEmpty ? 42 * year...(50 * year) : 20 * year...(31 * year)
        var gap = chance.within(apart.lowerBound...min(apart.upperBound, age - 1))
        for _ in 0..<count {
            let sex: Sex = chance.chance(5_250) ? .male : .female
            add(.child, sex, age: age - gap, surname: surname)
            // One birth in ninety brings twins; a child not yet born is left out.
            gap += chance.chance(110) ? 0 : chance.within(430...5 * year)
            if gap >= age { return }
        }
    }

    private mutating func add(_ kin: Kin, _ sex: Sex, age: Int, surname: Spelled) {
        let birth = today.adding(days: -age)
        let name = names.fullName(surname, sex: sex, bornIn: birth.year, &chance)
        drafts.append(Draft(kin: kin, sex: sex, birth: birth, name: name))
    }

    private func oldest() -> Int {
        drafts.map { today.days(since: $0.birth) }.max() ?? 0
    }
}

extension Spelled {
    /// All surnames of the book have one character.
    fileprivate static func surname(of draft: Draft) -> Spelled {
        Spelled(String(draft.name.text.prefix(1)), String(draft.name.initials.prefix(1)))
    }
}

extension Sequence where Element == Draft {
    fileprivate func youngest() -> Day {
        reduce(Day(number: .min)) { Swift.max($0, $1.birth) }
    }
}
