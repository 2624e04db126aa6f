import Rules
import Vocabulary

/// A bill on its way through the articles: what they read, and what they leave behind.
///
/// The articles are its methods, one file each in `Articles/`.
struct Workings {
    let bill: Bill
    let rules: Rulebook
    /// The counters before this bill.
    let before: Standing
    /// Rights to limits that are divided.
    let bounds: Bounds
    var circumstances: Circumstances
    var use = StandingUse()
    var reasons: [Reason] = []
    /// Whether anybody will read the reasons; writing them is a fifth of a price.
    let explains: Bool
    /// Payments of other layers that the bill brings along and no layer has taken yet.
    var settled: [Fund: Money]

    init(
        _ bill: Bill, _ rules: Rulebook, _ before: Standing, _ bounds: Bounds = .none,
        explains: Bool
    ) {
        self.bill = bill
        self.bounds = bounds
        self.rules = rules
        self.before = before
        self.explains = explains
        settled = [:]
        for (field, money) in bill.visit.settled ?? [:] {
            if let fund = Fund(rawValue: field) { settled[fund] = money }
        }
        circumstances = Circumstances(bill, before)
        if explains { reasons.reserveCapacity(bill.lines.count + 8) }
    }

    var day: Day { bill.day }
    var sessions: Int { bill.visit.sessions ?? 1 }

    /// A counter with what earlier layers of this bill have added, so that two layers cannot spend
    /// a common limit twice.
    func count(of counter: Counter) -> Int { before[counter] + (use.counters[counter] ?? 0) }

    /// Words that only a reason needs.
    func words(_ text: @autoclosure () -> String) -> String { explains ? text() : "" }

    mutating func say(
        _ article: Article, layer: String? = nil, line: Int? = nil, _ amount: Money,
        _ arithmetic: @autoclosure () -> String, _ citations: @autoclosure () -> [Citation] = []
    ) {
        guard explains else { return }
        reasons.append(
            Reason(
                article, layer: layer, line: line, amount: amount, arithmetic(), citations()))
    }
}

extension Circumstances {
    /// Everything a rule may ask about this bill.
    fileprivate init(_ bill: Bill, _ before: Standing) {
        self.init(statements: bill.lines.count + 8)
        state(.kind, bill.kind.rawValue)
        for line in bill.lines { state(.item, line.code) }
        state(.level, bill.level.rawValue)
        state(.household, "open")
        state(.remote, bill.visit.remote ?? "none")
        state(.claim, bill.visit.claim ?? "direct")
        state(.familyDoctor, bill.patient.familyDoctor == true ? "yes" : "no")
        if let route = bill.visit.route { state(.route, route) }
        state(bill.patient)
        if let birth = bill.patient.birth { state(.age, bill.day.age(bornOn: birth)) }
        let admissions = before[Counter(.admissions, "year")]
        state(.admission, bill.visit.admission ?? admissions + 1)
    }

    private mutating func state(_ patient: Bill.Patient) {
        if let titles = patient.titles, !titles.isEmpty {
            state(.title, titles.map(\.rawValue))
        }
        if let diseases = patient.diseases, !diseases.isEmpty { state(.disease, diseases) }
        if let sex = patient.sex { state(.sex, sex.rawValue) }
        if let person = patient.person { state(.person, person) }
        if let tier = patient.tier { state(.tier, tier) }
    }
}
