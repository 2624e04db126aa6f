import Cataloguing
import Journaling
import Pricing
import Vocabulary

extension Order.Line {
    /// A line from the entry fields; what was left empty comes from the catalogue.
    init(_ fields: Fields, _ item: CatalogueItem) throws {
        let (count, amount, days) = (
            halfWidth(fields["quantity"]), halfWidth(fields["price"]), halfWidth(fields["days"])
        )
        guard let quantity = count.isEmpty ? .one : Quantity(count) else {
            throw Refusal.badQuantity(count)
        }
        guard !amount.isEmpty || !item.has(.unlisted) else { throw Refusal.priceNeeded(item.name) }
        guard let price = amount.isEmpty ? item.price : Money(yuan: amount),
            (0...Order.Line.dearest).contains(price.fen),
            price.cost(of: quantity).fen <= Order.Line.dearestTotal
        else { throw Refusal.badPrice(amount) }
        var supply = item.daysPerUnit.map { $0 * quantity.tenThousandths / 10_000 }
        if !days.isEmpty {
            guard let typed = Int(days), (1...Order.Line.longest).contains(typed) else {
                throw Refusal.badDays(days)
            }
            supply = typed
        }
        self.init(code: item.code, quantity: quantity, price: price, days: supply)
        // A scanner writes one code after another; whether they are codes at all is a rule's matter.
        let scanned = halfWidth(fields["trace"]).uppercased()
            .split { $0 == " " || $0 == "," || $0 == "，" }
        if !scanned.isEmpty {
            traces = scanned.prefix(Order.Line.mostTraces).map { String($0.prefix(40)) }
        }
    }

    /// The bounds that pricing keeps too; here they become a sentence while one types.
    private static let dearest = 100_000_000
    private static let dearestTotal = 1_000_000_000
    private static let longest = 3650
    private static let mostTraces = 40
}

extension Order {
    /// Removes a line, counted from 1; reasons given for later lines move up with them.
    mutating func removeLine(_ number: Int) {
        guard lines.indices.contains(number - 1) else { return }
        lines.remove(at: number - 1)
        var moved: [String: String] = [:]
        for (key, reason) in overrides {
            let parts = key.split(separator: "/")
            guard parts.count == 2, let line = Int(parts[1]), line >= number else {
                moved[key] = reason
                continue
            }
            if line > number { moved["\(parts[0])/\(line - 1)"] = reason }
        }
        overrides = moved
    }
}

extension Desk {
    /// The last visit of a person in this journal that was not taken back.
    nonisolated func lastVisit(of person: PersonNumber) throws -> Visit? {
        try journal.read { reader in
            for entry in try reader.entries(about: person).reversed() {
                guard case .visit(let visit) = entry.fact, visit.person == person,
                    try reader.voider(of: entry.header.sequence) == nil
                else { continue }
                return visit
            }
            return nil
        }
    }
}
