import Identifying
import Vocabulary

/// Gives the people of a household their scheme, titles, diseases, contract and insurance.
///
/// Every share is in ten-thousandths and was chosen so that the whole county comes out near the
/// figures of a real rural county.
struct Circumstances {
    let today: Day

    func apply(to drafts: inout [Draft], _ chance: inout SeededGenerator) {
        let title = householdTitle(drafts, &chance)
        let nextYear = collectionIsOpen && chance.chance(2_650)
        for index in drafts.indices {
            drafts[index].titles = title.map { [$0] } ?? []
            settle(&drafts[index], isHead: index == 0, nextYear: nextYear, &chance)
        }
    }

    /// Residents pay for the coming year from September on; before that nobody has.
    private var collectionIsOpen: Bool { today.month >= 9 }

    private func settle(
        _ draft: inout Draft, isHead: Bool, nextYear: Bool, _ chance: inout SeededGenerator
    ) {
        let age = today.age(bornOn: draft.birth)
        if age >= 3, chance.chance(age < 60 ? 115 : 215) { draft.titles.append(.severeDisability) }
        if (22..<60).contains(age), draft.titles.isEmpty, chance.chance(805) {
            draft.scheme = .employee
            draft.account = Money(fen: chance.within(2_000...680_000))
        }
        draft.recognitions = Recognition.draw(age: age, today: today, &chance)
        draft.familyDoctor = chance.chance(contractShare(draft, age: age))
        draft.coverage = coverage(of: draft, isHead: isHead, nextYear: nextYear, &chance)
    }

    private func householdTitle(_ drafts: [Draft], _ chance: inout SeededGenerator) -> Title? {
        let drawn = chance.below(10_000)
        // People in destitute support have no family obliged to keep them.
        if drafts.count == 1, drafts[0].kin == .elder { return drawn < 3_700 ? .destitute : nil }
        if drafts.count == 2, drafts[0].kin == .elder, drawn < 180 { return .familyPlanning }
        return switch drawn {
        case ..<380: .subsistence
        case ..<538: .lowIncome
        case ..<566: .familyPlanning
        default: nil
        }
    }

    private func contractShare(_ draft: Draft, age: Int) -> Int {
        if !draft.recognitions.isEmpty { return 7_800 }
        return age < 7 || age >= 65 ? 6_400 : 3_350
    }
}

extension Circumstances {
    private func coverage(
        of draft: Draft, isHead: Bool, nextYear: Bool, _ chance: inout SeededGenerator
    ) -> Coverage {
        let year = today.year
        var years = Array(max(year - 4, draft.birth.year)...year)
        if today.days(since: draft.birth) < 90 {
            return Coverage(paidYears: chance.chance(3_500) ? [] : years)
        }
        if draft.scheme == .resident, chance.chance(205) {
            // Who skips this year has often skipped the one before.
            years.removeLast(min(years.count, chance.chance(3_000) ? 2 : 1))
            return Coverage(paidYears: years)
        }
        var coverage = Coverage(paidYears: years)
        draw(isHead: isHead, born: draft.birth, into: &coverage, &chance)
        let stays = coverage.died == nil && coverage.moved == nil && draft.scheme == .resident
        if nextYear, stays { coverage.paidYears.append(year + 1) }
        return coverage
    }

    private func draw(
        isHead: Bool, born: Day, into coverage: inout Coverage, _ chance: inout SeededGenerator
    ) {
        let drawn = chance.below(10_000)
        let age = today.age(bornOn: born)
        // Nothing happens to a person before birth.
        let longest = min(320, today.days(since: born) - 1)
        let ago = { (chance: inout SeededGenerator) in
            today.adding(days: -chance.within(5...longest))
        }
        switch drawn {
        case ..<153:
            coverage.suspended = Suspension(from: ago(&chance), reason: chance.pick(reasons))
        case ..<255 where age > 0:
            // Late payers of this year; for some the waiting time is already over.
            coverage.waitingUntil = today.adding(days: chance.within(-20...85))
            coverage.paidYears.removeAll { $0 == today.year - 1 }
        case ..<375 where !isHead && age > 0: coverage.moved = ago(&chance)
        case ..<805 where !isHead && age >= 62: coverage.died = ago(&chance)
        default: break
        }
    }
}

/// Told to the villager as it stands, so in plain words.
private let reasons = [
    "已在外地参保，等待本人选择保留哪一份", "已参加职工医保，居民医保暂停",
    "身份证号码与户籍不一致，请带户口本到镇上核对", "参军服役期间暂停",
    "户口已迁出本县，正在核实", "缴费记录对不上，县里正在核对",
]
