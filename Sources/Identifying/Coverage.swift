import Vocabulary

/// What the roll says of a person's insurance.
///
/// All but the years paid is optional, so that a line written before a field existed still reads.
public struct Coverage: Hashable, Sendable, Codable {
    /// The years whose contribution the county has on its books.
    public var paidYears: [Int]
    /// First day of benefit where the county has decided on a waiting period (等待期) itself; it
    /// stands whatever the history below would give.
    public var waitingUntil: Day?
    public var suspended: Suspension?
    /// Day the person died, where the county knows it.
    public var died: Day?
    /// Day the insurance moved to another pool.
    public var moved: Day?
    /// When a year was paid; of a year without a day nothing is computed.
    public var payments: [YearPayment]?
    /// Missed years paid for afterwards (断保修复).
    public var repairs: [YearPayment]?
    /// Months covered as an employee.
    public var employeeMonths: [MonthSpan]?
    /// Changes between the resident and the employee scheme, oldest first.
    public var changes: [SchemeChange]?
    /// The tier (缴费档次) the person pays, where a region has several.
    public var tier: String?
    /// Years in which the fund paid nothing for the person (基金零报销).
    public var claimFreeYears: [Int]?
    /// Years in which a serious-illness payment drew on the incentive.
    public var incentiveUsedYears: [Int]?

    public init(paidYears: [Int]) { self.paidYears = paidYears }
}

/// A year's contribution and the day it was paid.
public struct YearPayment: Hashable, Sendable, Codable {
    public var year: Int
    public var on: Day

    public init(year: Int, on: Day) {
        self.year = year
        self.on = on
    }
}

/// A change between schemes (险种转换): from this day on the other one counts.
public struct SchemeChange: Hashable, Sendable, Codable {
    public var on: Day
    public var from: Scheme
    public var to: Scheme

    public init(on: Day, from: Scheme, to: Scheme) {
        self.on = on
        self.from = from
        self.to = to
    }
}

/// A pause of the insurance (暂停参保) with its reason in plain Chinese.
public struct Suspension: Hashable, Sendable, Codable {
    public var from: Day
    public var reason: String

    public init(from: Day, reason: String) {
        self.from = from
        self.reason = reason
    }
}

extension Coverage {
    /// Notes a payment and its day.
    public mutating func pay(_ year: Int, on day: Day) {
        paidYears.append(year)
        payments = (payments ?? []) + [YearPayment(year: year, on: day)]
    }

    /// Takes back one payment of a year.
    public mutating func forget(year: Int) {
        if let index = paidYears.lastIndex(of: year) { paidYears.remove(at: index) }
        if let index = payments?.lastIndex(where: { $0.year == year }) {
            payments?.remove(at: index)
        }
    }

    /// The day a year was first paid, where the roll tells.
    public func paidOn(_ year: Int) -> Day? {
        payments?.filter { $0.year == year }.map(\.on).min()
    }

    /// Whether a year counts as insured, in whichever scheme.
    func isInsured(in year: Int) -> Bool {
        paidYears.contains(year) || (employeeMonths ?? []).contains { $0.touches(year) }
    }

    func repaired(_ year: Int, by day: Day) -> Bool {
        (repairs ?? []).contains { $0.year == year && $0.on <= day }
    }
}
