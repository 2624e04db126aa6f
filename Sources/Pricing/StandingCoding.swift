import Vocabulary

// In journals and bulletins counters are one object with their names as keys. Entries of the first
// format, which knew a deductible and a payment by name, stay readable.

extension Standing: Codable {
    private enum Keys: String, CodingKey { case year, counters, deductible, paid }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        let year = try container.decode(Int.self, forKey: .year)
        guard (1...9999).contains(year) else {
            throw DecodingError.dataCorruptedError(
                forKey: .year, in: container, debugDescription: "\(year) is no year")
        }
        var counters = try decodeCounters(container, .counters)
        for (key, measure) in [(Keys.deductible, Counter.Measure.deductible), (.paid, .paid)] {
            for (name, money) in try container.decodeIfPresent([String: Money].self, forKey: key)
                ?? [:]
            { counters[Counter(measure, name)] = money.fen }
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
    private enum Keys: String, CodingKey {
        case counters, deductibleCounter, deductible, paidCounter, paid
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        var counters = try decodeCounters(container, .counters)
        let first: [(Keys, Keys, Counter.Measure)] = [
            (.deductibleCounter, .deductible, .deductible), (.paidCounter, .paid, .paid),
        ]
        for (name, amount, measure) in first {
            guard let name = try container.decodeIfPresent(String.self, forKey: name),
                let money = try container.decodeIfPresent(Money.self, forKey: amount),
                money != .zero
            else { continue }
            counters[Counter(measure, name), default: 0] += money.fen
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

private func decodeCounters<Key: CodingKey>(
    _ container: KeyedDecodingContainer<Key>, _ key: Key
) throws -> [Counter: Int] {
    let named = try container.decodeIfPresent([String: Money].self, forKey: key) ?? [:]
    var counters: [Counter: Int] = [:]
    for (name, value) in named {
        guard let counter = Counter(name) else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: container, debugDescription: "\"\(name)\" is no counter")
        }
        counters[counter] = value.fen
    }
    return counters
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
