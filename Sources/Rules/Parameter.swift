import Vocabulary

/// One figure or switch of policy through time: a value holds until the next one starts.
///
/// Handed on by reference: a price reads some thirty of them.
public final class Parameter: Sendable, Equatable {
    /// Where it stands in the region's folder, without the ending: "390/outpatient/deductible".
    public let path: String
    public let description: String
    public let unit: Unit
    /// The day somebody last compared the figures with their sources.
    public let reviewedOn: Day
    /// Which row counts where several match.
    public let pick: Pick
    /// In order of their first day; never empty.
    public let values: [DatedValue]
    /// Of each value.
    let citations: [Citation]

    public init(
        path: String, description: String, unit: Unit, reviewedOn: Day, pick: Pick = .first,
        values: [DatedValue]
    ) {
        self.path = path
        self.description = description
        self.unit = unit
        self.reviewedOn = reviewedOn
        self.pick = pick
        self.values = values
        citations = values.map { Citation(parameter: path, from: $0.from, source: $0.source) }
    }

    public static func == (a: Parameter, b: Parameter) -> Bool {
        a.path == b.path && a.description == b.description && a.unit == b.unit
            && a.reviewedOn == b.reviewedOn && a.pick == b.pick && a.values == b.values
    }

    public enum Unit: String, Sendable, CaseIterable {
        case yuan, share, count, days, months, years, hours, word
        case workingDays = "working-days"
        /// Day of the year, "09-01".
        case monthDay = "month-day"
    }

    /// The choice among matching rows: the better of two titles is `highest` for a rate or a
    /// subsidy, `lowest` for a deductible.
    public enum Pick: String, Sendable, CaseIterable {
        case first, highest, lowest
    }

    /// A value from its first day on, with the source that says so.
    public struct DatedValue: Sendable, Equatable {
        public let from: Day
        /// `nil` repeals the parameter from that day on.
        public let value: Value?
        public let source: String

        public init(from: Day, value: Value?, source: String) {
            self.from = from
            self.value = value
            self.source = source
        }
    }

    public indirect enum Value: Sendable, Equatable {
        case money(Money)
        case share(Share)
        case count(Int)
        case word(String)
        case words([String])
        /// One value for each key: an institution level, a title.
        case table([String: Value])
        /// Values with the conditions under which they hold.
        case rows([Row])
        /// Rates by slices of an amount (分段).
        case bands([Band])
    }

    /// A value that holds where all its conditions do; without conditions it always holds.
    public struct Row: Sendable, Equatable {
        public let conditions: [Condition]
        public let value: Value

        public init(when conditions: [Condition], _ value: Value) {
            self.conditions = conditions
            self.value = value
        }
    }

    /// A slice of an amount and the rate for it; the upper bound belongs to the slice.
    public struct Band: Sendable, Hashable {
        /// `nil` for the last slice.
        public let upTo: Money?
        public let rate: Share

        public init(upTo: Money?, _ rate: Share) {
            self.upTo = upTo
            self.rate = rate
        }
    }
}

extension Parameter {
    /// Whether the value in force on a day asks about a subject.
    public func asks(about subject: Subject, on day: Day) -> Bool {
        inForce(on: day)?.value?.asks(about: subject) ?? false
    }
}

extension Parameter {
    /// Every word any of its values may come to.
    public var words: [String] { values.flatMap { $0.value?.words ?? [] } }
}

extension Parameter.Value {
    fileprivate var words: [String] {
        switch self {
        case .word(let word): [word]
        case .words(let words): words
        case .table(let table): table.values.flatMap(\.words)
        case .rows(let rows): rows.flatMap(\.value.words)
        case .money, .share, .count, .bands: []
        }
    }

    func asks(about subject: Subject) -> Bool {
        switch self {
        case .rows(let rows):
            rows.contains { row in
                row.conditions.contains { $0.subject == subject } || row.value.asks(about: subject)
            }
        case .table(let table): subject == .level && !table.isEmpty
        default: false
        }
    }

    /// The value for these circumstances; `nil` where no row or key fits.
    func resolved(_ circumstances: Circumstances, _ pick: Parameter.Pick) -> Parameter.Value? {
        switch self {
        case .rows(let rows):
            let fitting = rows.lazy.filter { row in
                row.conditions.allSatisfy { $0.holds(in: circumstances) }
            }.compactMap { $0.value.resolved(circumstances, pick) }
            switch pick {
            case .first: return fitting.first
            case .highest: return fitting.max { $0.rank < $1.rank }
            case .lowest: return fitting.min { $0.rank < $1.rank }
            }
        case .table(let table):
            return circumstances.words(.level).lazy.compactMap { table[$0] }.first
                ?? table["default"]
        default:
            return self
        }
    }

    /// What `highest` and `lowest` compare.
    private var rank: Int {
        switch self {
        case .money(let money): money.fen
        case .share(let share): share.millionths
        case .count(let count): count
        case .bands(let bands): bands.map(\.rate.millionths).max() ?? 0
        case .word, .words, .table, .rows: 0
        }
    }
}

/// What a reason quotes: which parameter, since when, and who says so.
///
/// Handed on by reference: a value that is read names its source, whether anybody asks or not.
public final class Citation: Sendable, Codable {
    public let parameter: String
    public let from: Day
    public let source: String

    public init(parameter: String, from: Day, source: String) {
        self.parameter = parameter
        self.from = from
        self.source = source
    }
}

extension Citation: Hashable {
    public static func == (a: Citation, b: Citation) -> Bool {
        a === b || a.parameter == b.parameter && a.from == b.from && a.source == b.source
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(parameter)
        hasher.combine(from)
        hasher.combine(source)
    }
}

/// A value together with the parameter it was read from.
public struct Cited<Value: Sendable>: Sendable {
    public let value: Value
    public let citation: Citation

    public init(_ value: Value, _ citation: Citation) {
        self.value = value
        self.citation = citation
    }
}

extension Cited: Equatable where Value: Equatable {}
