import Identifying
import Pricing
import Rules
import Vocabulary

/// Who sits here, whether the fund pays today, and what is left of the year.
struct PatientBand {
    let name: String
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
        about = Texts.person(member, on: day)
        state = Texts.state(patient.eligibility)
        obstacle = Texts.obstacle(patient.verdict, phone: phone)
        let stale = try rules.count("common/roll_stale_days", on: day)?.value ?? 7
        let age = day.days(since: patient.rollAsOf.day)
        rollAge = Mark(age > stale ? .old : .plain, Texts.rollAge(patient.rollAsOf, on: day))
        assurance = Texts.word(patient.identified.assurance)
        recognitions = member.recognitions.filter { $0.from <= day }.map(Texts.recognition)
        familyDoctor = member.familyDoctor
        account = member.scheme == .employee ? patient.account.description : nil
        let year = try YearBenefit(
            scheme: member.scheme, kind: order.kind, level: level, standing: patient.standing,
            rules: rules, day: day)
        // Nothing is left of a year that does not count.
        benefit = patient.eligibility.paysBenefit ? year.counters : []
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

/// What the year allows and what of it is used, for one kind of visit.
struct YearBenefit {
    let deductible: (limit: Money, used: Money)?
    let fund: (limit: Money, used: Money)?
    let rate: Share?
    let paid: Money

    init(
        scheme: Scheme, kind: VisitKind, level: InstitutionLevel, standing: Standing,
        rules: Rulebook, day: Day
    ) throws {
        let folder = "\(scheme.rawValue)/\(kind.folder)/"
        func counter(_ name: String) throws -> String {
            try rules.word(folder + name, on: day)?.value ?? kind.folder
        }
        let paid = standing.paid[try counter("limit_counter")] ?? .zero
        let borne = standing.deductible[try counter("deductible_counter")] ?? .zero
        deductible = try rules.money(folder + "deductible", on: day, key: level.rawValue)
            .map { ($0.value, borne) }
        fund = try rules.money(folder + "limit_year", on: day, key: level.rawValue)
            .map { ($0.value, paid) }
        rate = try rules.share(folder + "rate", on: day, key: level.rawValue)?.value
        self.paid = paid
    }

    var counters: [PatientBand.Counter] {
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
            add("fundLeft", max(.zero, fund.limit - fund.used).description, strong: true)
        } else {
            add("fundUsed", paid.description)
        }
        if let rate { add("rate", rate.percent) }
        return rows
    }
}
