import Pricing
import Rules
import SmallCounty
import Vocabulary

/// Bills and counters drawn from a seed, with amounts that crowd around what limits usually are.
enum RandomBill {
    static func draw(_ random: inout SeededNumbers) -> Bill {
        let day = Day(number: 20_000 + random.next(below: 1_100))
        let kinds: [VisitKind] = [
            .outpatient, .outpatient, .chronic, .twoDiseases, .inpatient, .caseInpatient,
        ]
        var bill = Bill(
            day: day, scheme: random.next(below: 3) == 0 ? .employee : .resident,
            kind: kinds[random.next(below: kinds.count)],
            level: InstitutionLevel.allCases[random.next(below: 5)],
            lines: (0...random.next(below: 4)).map { _ in line(&random) })
        bill.patient.birth = Day(number: random.next(below: 20_000))
        bill.patient.person = random.next(below: 3) == 0 ? "retired" : nil
        bill.patient.diseases =
            random.next(below: 4) == 0 ? ["M07803"] : random.next(below: 3) == 0 ? ["I10"] : nil
        bill.patient.familyDoctor = random.next(below: 4) == 0
        bill.visit.sessions = random.next(below: 5) == 0 ? 1 + random.next(below: 12) : nil
        bill.visit.remote = random.next(below: 6) == 0 ? "notFiled" : nil
        return bill
    }

    static func line(_ random: inout SeededNumbers) -> Bill.Line {
        let classes = [ItemClass.a, .a, .b, .outside]
        let itemClass = classes[random.next(below: 4)]
        let largest = [300, 5_000, 60_000, 900_000, 50_000_000][random.next(below: 5)]
        let price = Money(fen: random.next(below: largest))
        return Bill.Line(
            code: "X\(random.next(below: 9))",
            quantity: Quantity(tenThousandths: [10_000, 20_000, 3_333][random.next(below: 3)]),
            price: price,
            ownTerms: ItemTerms(
                itemClass: itemClass,
                ownShare: itemClass == .b ? Share(millionths: 5 * random.next(below: 60_000)) : nil,
                priceLimit: random.next(below: 4) == 0
                    ? Money(fen: random.next(below: largest)) : nil,
                feeType: random.next(below: 5) == 0 ? .generalConsult : .westernMedicine))
    }

    /// What the person may have used so far this year.
    static func standing(_ random: inout SeededNumbers, _ day: Day) -> Standing {
        var counters: [Counter: Int] = [:]
        for name in ["outpatient", "chronic", "inpatient", "two_diseases", "serious_illness"] {
            guard random.next(below: 2) == 0 else { continue }
            counters[Counter(.deductible, name)] = random.next(below: 50_000)
            counters[Counter(.paid, name)] = random.next(below: 250_000)
            counters[Counter(.cost, name)] = random.next(below: 9_000_000)
        }
        return Standing(year: day.year, counters: counters)
    }
}
