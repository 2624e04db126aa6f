import Vocabulary

// In journals and bulletins counters are one object with their names as keys. Entries of the first
// format, which knew a deductible and a payment by name, stay readable.

extension Standing: Codable {
    private enum Keys: String, CodingKey { case year, counters }

    public init(from decoder: any Decoder) throws { try self.init(fields: JSONFields(decoder)) }

    public init(fields: JSONFields) throws {
        let year = try fields.integer("year", in: 1...9999)
        var counters = try readCounters(fields)
        for (name, measure) in [("deductible", Counter.Measure.deductible), ("paid", .paid)] {
            try fields.numbers(name, in: Money.journaled) {
                counters[Counter(measure, try counterName($0, fields))] = $1
            }
        }
        self.init(
            year: year, counters: counters.filter { $0.value != 0 || $0.key.measure == .lastPaid })
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(year, forKey: .year)
        if !counters.isEmpty { try container.encode(named(counters), forKey: .counters) }
    }
}

extension StandingUse: Codable {
    private enum Keys: String, CodingKey { case counters }

    public init(from decoder: any Decoder) throws { try self.init(fields: JSONFields(decoder)) }

    public init(fields: JSONFields) throws {
        var counters = try readCounters(fields)
        for measure in [Counter.Measure.deductible, .paid] {
            guard
                let name = try fields.optional("\(measure.rawValue)Counter", as: String.self),
                let money = try fields.optionalMoney(measure.rawValue), money != .zero
            else { continue }
            counters[Counter(measure, try counterName(name, fields)), default: 0] += money.fen
        }
        self.init(counters)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        if !counters.isEmpty { try container.encode(named(counters), forKey: .counters) }
    }
}

private func named(_ counters: [Counter: Int]) -> [String: Int] {
    Dictionary(counters.map { ($0.key.description, $0.value) }) { first, _ in first }
}

private func readCounters(_ fields: JSONFields) throws -> [Counter: Int] {
    var counters: [Counter: Int] = [:]
    try fields.numbers("counters", in: Money.journaled) { name, value in
        guard let counter = Counter(name) else {
            throw fields.fault("\"\(name)\" is no counter")
        }
        counters[counter] = value
        guard counters.count <= Counter.most else { throw fields.fault("too many counters") }
    }
    return counters
}

/// A name as entries of the first format have it.
private func counterName(_ name: String, _ fields: JSONFields) throws -> String {
    guard Counter.isName(name) else { throw fields.fault("\"\(name)\" names no counter") }
    return name
}

/// As its name: "paid/outpatient".
extension Counter: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let counter = Counter(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "this is no counter")
        }
        self = counter
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
