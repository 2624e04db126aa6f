import Rules
import Vocabulary

/// The lines of a bill that one benefit covers, and what its layers have come to so far.
struct Part {
    let folder: RuleFolder
    /// What the institution may charge for it at all.
    var total: Money
    /// What is in scope.
    var scope: Money
    /// What the lines of class B left in scope.
    let classB: Money
    /// The lines' own parts, in the order in which accounts may pay them.
    let outside: Money
    let overLimit: Money
    let ownShareFirst: Money

    var institutionPart = Money.zero
    var funds: [Fund: Money] = [:]
    var paid = Money.zero
    /// Deductibles of all layers, and of the basic layer alone.
    var deductibles = Money.zero
    var basicDeductible = Money.zero
    /// Cost that the layers so far have dealt with, and how that was found.
    private(set) var handled = Money.zero
    private(set) var handledArithmetic = ""
    /// The rate of the basic layer where it is one flat rate.
    var flatRate: Share?
    /// What the basic layer came to before its limits, and of what.
    var basic: (paid: Money, base: Money) = (.zero, .zero)
    /// Whether a later layer may ask how ``handled`` came about.
    private let explains: Bool

    init(_ folder: RuleFolder, _ lines: [LineSplit], layers: Int) {
        self.folder = folder
        explains = layers > 1
        total = lines.sum { $0.amount }
        scope = lines.sum { $0.inScope }
        classB = lines.sum { $0.itemClass == .b ? $0.inScope : .zero }
        outside = lines.sum { $0.outside }
        overLimit = lines.sum { $0.overLimit }
        ownShareFirst = lines.sum { $0.ownShareFirst }
    }

    var isConsult: Bool { folder.path.hasSuffix("/consult_fee") }
    var personPart: Money { total - paid }

    /// 统筹基金支付比例: the flat rate, else the effective one to four decimals, half up, as the
    /// national message has room for.
    var rate: Share {
        if let flatRate { return flatRate }
        let whole = Money(fen: 10_000)
        return Share(millionths: whole.times(basic.paid, over: basic.base).fen * 100)
    }

    /// Notes the cost a layer has dealt with: its deductible, and of what it paid for the part that
    /// its limits let it pay for.
    mutating func handle(_ due: Money, _ base: Money, _ paid: Money, of computed: Money) {
        if due > .zero { note(due, "\(due)") }
        if paid == computed {
            if base > .zero { note(base, "\(base)") }
        } else {
            let dealt = base.times(paid, over: computed)
            note(dealt, "round(\(base) × \(paid) ÷ \(computed))")
        }
    }

    mutating func handle(settled: Money) { note(settled, "\(settled)") }

    private mutating func note(_ amount: Money, _ words: @autoclosure () -> String) {
        handled += amount
        if explains { handledArithmetic += " - " + words() }
    }

    mutating func take(_ payment: Money, from fund: Fund) {
        paid += payment
        funds[fund, default: .zero] += payment
    }
}

/// One layer of benefit: the basic one of the visit's kind, or one that works on what is left.
struct Layer {
    /// Last word of its folder; its counters go by this name unless the rules say otherwise.
    let name: String
    let folder: RuleFolder
    let isBasic: Bool
    let fund: Fund
    /// The periods it has a limit for, and those in which it limits the number of visits.
    let limited: [LimitPeriod]
    let visitLimited: [LimitPeriod]

    init(_ folder: RuleFolder, isBasic: Bool, _ work: Workings) throws(RulebookFault) {
        name = folder.name
        self.folder = folder
        self.isBasic = isBasic
        limited = LimitPeriod.allCases.filter { folder.parameters[$0.limit] != nil }
        visitLimited = LimitPeriod.allCases.filter { folder.parameters[$0.visits] != nil }
        guard let word = try folder.word("fund", on: work.day, for: work.circumstances) else {
            guard isBasic else { throw .missing(parameter: folder.path + "/fund") }
            fund = .pooled
            return
        }
        guard let fund = Fund(rawValue: word.value) else {
            throw .kind(parameter: folder.path + "/fund")
        }
        self.fund = fund
    }

    func money(_ name: String, _ work: Workings) throws(RulebookFault) -> Cited<Money>? {
        try folder.money(name, on: work.day, for: work.circumstances)
    }

    func share(_ name: String, _ work: Workings) throws(RulebookFault) -> Cited<Share>? {
        try folder.share(name, on: work.day, for: work.circumstances)
    }

    func count(_ name: String, _ work: Workings) throws(RulebookFault) -> Cited<Int>? {
        try folder.count(name, on: work.day, for: work.circumstances)
    }

    func word(_ name: String, _ work: Workings) throws(RulebookFault) -> String? {
        try folder.word(name, on: work.day, for: work.circumstances)?.value
    }

    /// The name a counter goes by.
    func counter(
        _ parameter: String, _ work: Workings, or usual: String? = nil
    ) throws(RulebookFault) -> String {
        let name = try word(parameter, work) ?? usual ?? name
        guard Counter.isName(name) else { throw .kind(parameter: folder.path + "/" + parameter) }
        return name
    }
}

/// The stretches that limits are set for, in the order in which they are applied.
enum LimitPeriod: String, CaseIterable {
    case session, visit, day, month, quarter, year

    /// `nil` where nothing is carried from one visit to the next.
    func counted(on day: Day) -> Counter.Period? {
        switch self {
        case .session, .visit: nil
        case .day: .day(day)
        case .month: .month(day.month)
        case .quarter: .quarter(day.quarter)
        case .year: .year
        }
    }

    /// The parameter's name.
    var limit: String {
        switch self {
        case .session: "limit_session"
        case .visit: "limit_visit"
        case .day: "limit_day"
        case .month: "limit_month"
        case .quarter: "limit_quarter"
        case .year: "limit_year"
        }
    }

    /// The name of the limit on the number of visits.
    var visits: String {
        switch self {
        case .session: "visits_session"
        case .visit: "visits_visit"
        case .day: "visits_day"
        case .month: "visits_month"
        case .quarter: "visits_quarter"
        case .year: "visits_year"
        }
    }
}
