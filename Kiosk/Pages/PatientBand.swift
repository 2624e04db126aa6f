import Identifying
import Pricing
import Rules
import Settling
import Vocabulary

/// Who sits here, whether the fund pays today, and what is left of the year.
struct PatientBand {
    let person: String
    let household: String
    let name: String
    /// The telephone, or that none is known.
    let reached: String
    let about: String
    let state: Mark
    /// Why the fund does not pay and what to do; absent where it pays.
    let obstacle: String?
    let rollAge: Mark
    let assurance: String
    let recognitions: [String]
    let familyDoctor: Bool
    let benefit: [Counter]
    let account: String?
    /// Relatives' accounts that may pay, and what may be spent of them here today.
    let family: [Counter]
    /// What an adjustment left for this visit.
    let owed: String?
    let kinds: [KindChoice]

    /// One of the year's counters.
    struct Counter {
        let label: String
        let value: String
        let isStrong: Bool
    }

    struct KindChoice {
        let code: String
        let name: String
        let isChosen: Bool
    }

    init(
        _ patient: Patient, _ order: Order, by rules: Rulebook, level: InstitutionLevel,
        on day: Day, phone: String
    ) throws {
        let member = patient.member
        name = member.name
        (person, household) = (member.number.rawValue, member.home.household)
        reached = Texts.reached(member.phone)
        about = Texts.person(member, on: day)
        state = Texts.state(patient.eligibility)
        obstacle = Texts.obstacle(patient.verdict, phone: phone)
        // Where no rule says how long a roll stays fresh, any age is worth saying.
        let stale = try rules.count("common/roll_stale_days", on: day)?.value ?? 0
        let age = day.days(since: patient.rollAsOf.day)
        rollAge = Mark(age > stale ? .old : .plain, Texts.rollAge(patient.rollAsOf, on: day))
        assurance = Texts.word(patient.identified.assurance)
        recognitions = member.recognitions.filter { $0.from <= day }.map(Texts.recognition)
        familyDoctor = member.familyDoctor
        account = member.scheme == .employee ? patient.account.description : nil
        owed = patient.owing.isEmpty ? nil : Texts.owed(patient.owing.total)
        let year = try Outlook(
            for: order.bill(for: member, on: day, level: level), by: rules,
            given: patient.standing)
        family = year.counters(of: patient.family)
        // Nothing is left of a year that does not count.
        let held = patient.bounds.held[year.counter]
        benefit = patient.eligibility.paysBenefit ? year.counters(here: held) : []
        let offered: [VisitKind] =
            [.outpatient]
            + [VisitKind.twoDiseases, .chronic].filter { kind in
                member.recognitions.contains { $0.kind == kind && $0.from <= day }
            }
        kinds =
            offered.count < 2
            ? []
            : offered.map {
                KindChoice(code: $0.rawValue, name: Texts.word($0), isChosen: $0 == order.kind)
            }
    }
}

extension Outlook {
    /// Relatives' accounts that one settlement may use, with what is left of them here today.
    func counters(of family: [FamilyAccount]) -> [PatientBand.Counter] {
        family.prefix(familyAccounts ?? .max).map { account in
            PatientBand.Counter(
                label: Texts.familyAccount(account.shownName),
                value: Texts.leftHere(account, keeping: familyKeeps), isStrong: true)
        }
    }

    /// The year's counters as the patient band and the slip show them.
    ///
    /// - Parameter here: what this kiosk may spend of the limit, in fen; `nil` where it is free.
    func counters(here: Int? = nil) -> [PatientBand.Counter] {
        var rows: [PatientBand.Counter] = []
        func add(_ label: String, _ value: String, strong: Bool = false) {
            rows.append(
                PatientBand.Counter(label: Texts.of(label), value: value, isStrong: strong))
        }
        if let deductible {
            add("deductible", Texts.deductible(deductible.limit, used: deductible.used))
        }
        if let fund {
            add("fundUsed", "\(fund.used) / \(fund.limit)")
            let today = min(fund.left, here.map { Money(fen: $0) } ?? fund.left)
            add("fundLeft", today.description, strong: true)
            if fund.left > today { add("fundElsewhere", Texts.elsewhere(fund.left - today)) }
        } else {
            add("fundUsed", paid.description)
        }
        if let rate { add("rate", rate.percent) }
        return rows
    }
}
