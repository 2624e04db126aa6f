import Foundation
import Vocabulary

/// An amount at our border: written as a decimal text in yuan ("18.40"), read as text or number.
struct Yuan: Codable, Hashable, Sendable {
    var money: Money

    init(_ money: Money) { self.money = money }

    init(from decoder: any Decoder) throws {
        let text = try decimalText(from: decoder)
        guard let money = Money(yuan: text) else {
            throw fault(decoder, "\"\(text)\" is no amount in yuan with at most two decimals")
        }
        self.money = money
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(money.description)
    }
}

/// A quantity at our border: text or number, more than zero, at most four decimals.
struct Count: Codable, Hashable, Sendable {
    var quantity: Quantity

    init(_ quantity: Quantity) { self.quantity = quantity }

    init(from decoder: any Decoder) throws {
        let text = try decimalText(from: decoder)
        guard let quantity = Quantity(text) else {
            throw fault(
                decoder, "\"\(text)\" is no quantity above 0 and at most \(Quantity.largest)")
        }
        self.quantity = quantity
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(quantity.description)
    }
}

/// A share at our border: text or number from 0 to 1.
struct Proportion: Codable, Hashable, Sendable {
    var share: Share

    init(_ share: Share) { self.share = share }

    init(from decoder: any Decoder) throws {
        let text = try decimalText(from: decoder)
        guard let share = Share(text) else {
            throw fault(decoder, "\"\(text)\" is no share from 0 to 1")
        }
        self.share = share
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(share.description)
    }
}

/// The digits of a JSON number or text; a number goes through `Decimal`, never through a float.
private func decimalText(from decoder: any Decoder) throws -> String {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) { return text }
    return try container.decode(Decimal.self).description
}

private func fault(_ decoder: any Decoder, _ message: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: message))
}
