import Vocabulary

/// One figure or switch of policy through time: a value holds until the next one starts.
public struct Parameter: Sendable, Equatable {
    /// Where it stands in the region's folder, without the ending: "390/outpatient/deductible".
    public let path: String
    public let description: String
    public let unit: Unit
    /// The day somebody last compared the figures with their sources.
    public let reviewedOn: Day
    /// In order of their first day; never empty.
    public let values: [DatedValue]

    public init(
        path: String, description: String, unit: Unit, reviewedOn: Day, values: [DatedValue]
    ) {
        self.path = path
        self.description = description
        self.unit = unit
        self.reviewedOn = reviewedOn
        self.values = values
    }

    public enum Unit: String, Sendable, CaseIterable {
        case yuan, share, count, days, months, word
        /// Day of the year, "09-01".
        case monthDay = "month-day"
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

    public enum Value: Sendable, Equatable {
        case money(Money)
        case share(Share)
        case count(Int)
        case word(String)
        case words([String])
        /// One value for each key: an institution level, a title.
        case table([String: Value])
    }
}

/// What a reason quotes: which parameter, since when, and who says so.
public struct Citation: Hashable, Sendable, Codable {
    public let parameter: String
    public let from: Day
    public let source: String

    public init(parameter: String, from: Day, source: String) {
        self.parameter = parameter
        self.from = from
        self.source = source
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
