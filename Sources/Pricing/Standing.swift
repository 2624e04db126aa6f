import Vocabulary

/// What one counter of a person's year counts.
public struct Counter: Hashable, Sendable {
    public let measure: Measure
    /// The benefit or layer whose rules name it: "outpatient".
    public let name: String
    public let period: Period

    public init(_ measure: Measure, _ name: String, _ period: Period = .year) {
        self.measure = measure
        self.name = name
        self.period = period
    }

    public enum Measure: String, Sendable, CaseIterable {
        /// 起付线: deductible borne, in fen.
        case deductible
        /// Fund payments, in fen.
        case paid
        /// Cost that entered a layer, in fen.
        case cost
        /// Visits, in times.
        case visits
        /// Admissions to hospital, in times.
        case admissions
        /// Fund payments to the whole household, in fen.
        case household
        /// Last year's payments, for what may be carried over, in fen.
        case lastPaid
        /// Drawn from a personal account, in fen; no rule reads it, rights are divided by it.
        case account
    }

    /// The stretch of the year it counts in.
    public enum Period: Hashable, Sendable {
        case year
        case quarter(Int)
        case month(Int)
        case day(Day)
    }

    /// Whether it counts times and not money.
    public var countsTimes: Bool { measure == .visits || measure == .admissions }

    /// A person has a handful of counters: length and last letter of their names tell them apart, and
    /// cost a fraction of hashing every letter dozens of times a price.
    public func hash(into hasher: inout Hasher) {
        let period =
            switch period {
            case .year: 0
            case .quarter(let quarter): 1 << 24 | quarter
            case .month(let month): 2 << 24 | month
            case .day(let day): 3 << 24 | day.number
            }
        let letters = name.utf8.count << 16 | Int(name.utf8.last ?? 0) << 8
        hasher.combine(period << 32 | letters | Int(measure.rawValue.utf8.first ?? 0))
    }
}

extension Counter: LosslessStringConvertible {
    /// "paid/outpatient", "paid/outpatient@Q1", "@M03", "@D2025-03-06".
    public var description: String {
        switch period {
        case .year: "\(measure.rawValue)/\(name)"
        case .quarter(let quarter): "\(measure.rawValue)/\(name)@Q\(quarter)"
        case .month(let month): "\(measure.rawValue)/\(name)@M\(month < 10 ? "0" : "")\(month)"
        case .day(let day): "\(measure.rawValue)/\(name)@D\(day)"
        }
    }

    public init?(_ text: String) {
        let at = text.utf8.firstIndex(of: UInt8(ascii: "@"))
        guard let (measure, name) = Counter.measureAndName(text[..<(at ?? text.endIndex)]) else {
            return nil
        }
        guard let at else {
            self.init(measure, name)
            return
        }
        let period = text[text.utf8.index(after: at)...]
        let number = period.dropFirst()
        switch (period.first, Int(number)) {
        case ("Q", let quarter?) where (1...4).contains(quarter):
            self.init(measure, name, .quarter(quarter))
        case ("M", let month?) where (1...12).contains(month):
            self.init(measure, name, .month(month))
        case ("D", nil):
            guard let day = Day(String(number)) else { return nil }
            self.init(measure, name, .day(day))
        default: return nil
        }
    }

    private static func measureAndName(_ text: Substring) -> (Measure, String)? {
        guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")),
            let measure = Measure(rawValue: String(text[..<slash]))
        else { return nil }
        let name = text[text.utf8.index(after: slash)...]
        return Counter.isName(name) ? (measure, String(name)) : nil
    }

    /// Letters that have one spelling: names that are equal are equal byte by byte.
    static func isName(_ name: some StringProtocol) -> Bool {
        (1...60).contains(name.utf8.count) && name.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// More counters no person has; what is read names no more.
    static let most = 256
}

/// What a person has used of this year's benefits: plain input to pricing, folded from bulletin and
/// journal by the caller.
///
/// A vector of counters: settlements add to it, voids subtract, and the order does not matter.
public struct Standing: Hashable, Sendable {
    /// Calendar year the counters belong to; every counter starts again with a new year.
    public let year: Int
    /// In fen or times; counters that are not there are zero.
    public private(set) var counters: [Counter: Int]

    public init(year: Int, counters: [Counter: Int] = [:]) {
        self.year = year
        self.counters = counters
    }

    public subscript(counter: Counter) -> Int { counters[counter] ?? 0 }

    public func money(_ measure: Counter.Measure, _ name: String) -> Money {
        Money(fen: self[Counter(measure, name)])
    }

    /// These counters if they are of the day's year, otherwise fresh ones; of the year before, the
    /// payments are remembered for what may be carried over.
    public func on(_ day: Day) -> Standing {
        if year == day.year { return self }
        guard year == day.year - 1 else { return Standing(year: day.year) }
        let paid = counters.filter { $0.key.measure == .paid && $0.key.period == .year }
            .map { (Counter(.lastPaid, $0.key.name), $0.value) }
        return Standing(year: day.year, counters: Dictionary(paid) { first, _ in first })
    }

    /// The counters that pricing on this day can read, so that an entry need not keep the others.
    public func relevant(on day: Day) -> Standing {
        let counters = counters.filter { counter, _ in
            switch counter.period {
            case .year: true
            case .quarter(let quarter): quarter == day.quarter
            case .month(let month): month == day.month
            case .day(let other): other == day
            }
        }
        return Standing(year: year, counters: counters)
    }

    /// No counter is negative: what was given back was taken before.
    public var isPossible: Bool { counters.values.allSatisfy { $0 >= 0 } }

    /// Adds what one settlement used; a void adds the negative.
    public mutating func add(_ use: StandingUse) {
        for (counter, amount) in use.counters {
            let sum = self[counter] + amount
            counters[counter] = sum == 0 ? nil : sum
        }
    }
}

/// What one settlement takes from the year's counters; kept in the entry so that a void can give
/// back exactly this.
public struct StandingUse: Hashable, Sendable {
    public private(set) var counters: [Counter: Int]

    public init(_ counters: [Counter: Int] = [:]) { self.counters = counters }

    public mutating func add(_ amount: Int, to counter: Counter) {
        guard amount != 0 else { return }
        counters[counter, default: 0] += amount
    }

    /// Whether both took from a common counter of this measure.
    public func shares(_ measure: Counter.Measure, with other: StandingUse) -> Bool {
        counters.contains { $0.key.measure == measure && (other.counters[$0.key] ?? 0) > 0 }
    }

    public static prefix func - (use: StandingUse) -> StandingUse {
        StandingUse(use.counters.mapValues { -$0 })
    }
}
