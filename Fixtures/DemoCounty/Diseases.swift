import Identifying
import Vocabulary

/// A disease the county recognises, and how often by age, in ten-thousandths.
private struct Frequency {
    let disease: String
    let name: String
    let kind: VisitKind
    /// Shares from 35, 50, 60 and 70 years of age.
    let shares: [Int]

    func share(age: Int) -> Int {
        age < 35 ? 0 : shares[age < 50 ? 0 : age < 60 ? 1 : age < 70 ? 2 : 3]
    }
}

/// Each line is drawn once; the milder and the graver form of one disease exclude each other,
/// because a person cannot draw both benefits.
private let lines: [[Frequency]] = [
    [
        Frequency(
            disease: "I10", name: "高血压", kind: .twoDiseases, shares: [480, 1_500, 2_700, 3_500]),
        Frequency(
            disease: "M03900", name: "高血压病", kind: .chronic, shares: [30, 160, 380, 620]),
    ],
    [
        Frequency(
            disease: "E11", name: "2型糖尿病", kind: .twoDiseases, shares: [180, 560, 980, 1_150]),
        Frequency(
            disease: "M01600", name: "糖尿病", kind: .chronic, shares: [20, 80, 170, 240]),
    ],
    [
        Frequency(
            disease: "M05300", name: "慢性阻塞性肺疾病", kind: .chronic, shares: [10, 80, 240, 420])
    ],
    [
        Frequency(
            disease: "M04803", name: "脑血管疾病后遗症", kind: .chronic, shares: [10, 110, 300, 480])
    ],
]

extension Recognition {
    /// The recognised diseases of a person of this age.
    static func draw(age: Int, today: Day, _ chance: inout SeededGenerator) -> [Recognition] {
        guard age >= 35 else { return [] }
        return lines.compactMap { forms in
            var drawn = chance.below(10_000)
            for form in forms {
                if drawn < form.share(age: age) {
                    let from = today.adding(days: -chance.within(20...2_400))
                    return Recognition(
                        disease: form.disease, name: form.name, kind: form.kind, from: from)
                }
                drawn -= form.share(age: age)
            }
            return nil
        }
    }
}
