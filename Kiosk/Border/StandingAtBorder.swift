import Pricing
import Vocabulary

/// The year's counters at our border, put out by one quote and fed to the next: money in yuan, times
/// as whole numbers, both as text.
struct StandingAtBorder: Codable {
    var year: Int
    var counters: [String: String]

    init(_ standing: Standing) {
        year = standing.year
        counters = Dictionary(
            standing.counters.map { counter, value in
                let text = counter.countsTimes ? "\(value)" : Money(fen: value).description
                return (counter.description, text)
            }
        ) { first, _ in first }
    }

    /// - Throws: ``QuoteFault`` naming the counter that cannot be.
    func standing() throws -> Standing {
        var read: [Counter: Int] = [:]
        for (name, text) in counters {
            guard let counter = Counter(name) else {
                throw QuoteFault("value", "no counter is called so", "standing.counters.\(name)")
            }
            let value = counter.countsTimes ? Int(text) : Money(yuan: text)?.fen
            guard let value, (0...Money.largest.fen).contains(value) else {
                throw QuoteFault(
                    "range", "a counter is a number and never negative",
                    "standing.counters.\(name)")
            }
            // Nothing used last year is something known: all of its limit may be carried over.
            if value > 0 || counter.measure == .lastPaid { read[counter] = value }
        }
        return Standing(year: year, counters: read)
    }
}
