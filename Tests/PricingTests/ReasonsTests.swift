import Cataloguing
import Foundation
import Hosting
import Pricing
import Rules
import SmallCounty
import Testing
import Vocabulary

/// The reasons alone suffice to compute a settlement again: each step's arithmetic is evaluated from
/// its text, and the amounts are put together from the results.
@Suite struct ReasonsTests {
    static let regions = [
        "seed-2025", "national-2025", "haikou-2020", "huaibei-2019", "qingyuan-2023",
        "shanxi-2019", "unnamed-w054-2023", "unnamed-w059-2017",
    ]

    @Test(arguments: regions)
    func `every amount follows from the reasons' text`(region: String) throws {
        let rules = try Rulebook.parse(
            region: region, files: try readRuleFolder(SmallCounty.fixtures + "/rules/" + region))
        var random = SeededNumbers(seed: 11)
        var priced = 0
        for _ in 0..<2_000 {
            let bill = RandomBill.draw(&random)
            guard
                let quote = try? price(
                    bill, by: rules, catalogue: .empty,
                    given: RandomBill.standing(&random, bill.day))
            else { continue }
            check(quote)
            priced += 1
        }
        #expect(priced > 20, "\(region): \(priced)")
    }

    private func check(_ quote: Quote) {
        for reason in quote.reasons where reason.article != .visitCount {
            let result = Arithmetic.result(of: reason.arithmetic)
            #expect(result == reason.amount.fen, "\(reason.article): \(reason.arithmetic)")
        }
        let amounts = quote.amounts
        #expect(sum(quote, .outsideCatalogue) == amounts.outside)
        #expect(sum(quote, .abovePriceLimit) == amounts.overLimit)
        #expect(sum(quote, .ownShareFirst) == amounts.ownShareFirst)
        #expect(sum(quote, .institutionPart) == amounts.institutionPart)
        #expect(paid(quote) == amounts.fundTotal)
        let sources = quote.reasons.filter { [.rate, .bands, .deductible].contains($0.article) }
        #expect(sources.allSatisfy { !$0.citations.isEmpty && $0.citations[0].source.count > 4 })
    }

    private func sum(_ quote: Quote, _ article: Article) -> Money {
        quote.reasons.filter { $0.article == article }.map(\.amount).sum()
    }

    /// By layer: the last limit that spoke, else what the rates came to.
    private func paid(_ quote: Quote) -> Money {
        let layers = Dictionary(grouping: quote.reasons) { $0.layer ?? "" }
        return layers.values.map { steps in
            if let limit = steps.last(where: { $0.article == .payLimit }) { return limit.amount }
            let payments: Set<Article> = [.rate, .bands, .fixedAmount, .settledElsewhere]
            return steps.filter { payments.contains($0.article) }.map(\.amount).sum()
        }.sum()
    }
}

/// Evaluates "min(300.00 - 120.00, 80.00) = 80.00" with exact fractions, knowing nothing of pricing.
struct Arithmetic {
    private var tokens: [Substring]
    private var at = 0

    private init(_ text: String) {
        var spaced = text.split(separator: " = ").first.map(String.init) ?? text
        for sign in ["(", ")", ",", "+", "-", "×", "÷", "%"] {
            spaced = spaced.replacingOccurrences(of: sign, with: " \(sign) ")
        }
        tokens = spaced.split(separator: " ")[...].map { $0 }
    }

    /// The value in fen, half up; `nil` where the text is no arithmetic.
    static func result(of text: String) -> Int? {
        var arithmetic = Arithmetic(text)
        guard let value = arithmetic.sum(), arithmetic.at == arithmetic.tokens.count else {
            return nil
        }
        return value.rounded()
    }

    private mutating func take(_ token: String) -> Bool {
        guard at < tokens.count, tokens[at] == token else { return false }
        at += 1
        return true
    }

    private mutating func sum() -> Fraction? {
        guard var value = product() else { return nil }
        while true {
            if take("+") {
                guard let more = product() else { return nil }
                value = value + more
            } else if take("-") {
                guard let less = product() else { return nil }
                value = value + less * Fraction(-1, 1)
            } else {
                return value
            }
        }
    }

    private mutating func product() -> Fraction? {
        guard var value = factor() else { return nil }
        while true {
            if take("×") {
                guard let more = factor() else { return nil }
                value = value * more
            } else if take("÷") {
                guard let by = factor(), by.over != 0 else { return nil }
                value = value * Fraction(by.under, by.over)
            } else {
                return value
            }
        }
    }

    private mutating func factor() -> Fraction? {
        guard at < tokens.count else { return nil }
        let word = String(tokens[at])
        at += 1
        if ["min", "max", "round", "floor"].contains(word) { return function(word) }
        guard let number = Fraction(decimal: word) else { return nil }
        return take("%") ? number * Fraction(1, 100) : number
    }

    private mutating func function(_ name: String) -> Fraction? {
        guard take("("), var value = sum() else { return nil }
        while take(",") {
            guard let next = sum() else { return nil }
            let less = next.isLess(than: value)
            if (name == "min") == less { value = next }
        }
        guard take(")") else { return nil }
        switch name {
        case "round": return Fraction(Int128(value.rounded()), 100)
        case "floor": return Fraction(value.over * 100 / value.under, 100)
        default: return value
        }
    }
}

/// An exact fraction of yuan.
struct Fraction {
    let over: Int128
    let under: Int128

    init(_ over: Int128, _ under: Int128) {
        let sign: Int128 = under < 0 ? -1 : 1
        self.over = over * sign
        self.under = under * sign
    }

    init?(decimal text: String) {
        let parts = text.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first, let digits = Int128(parts.joined()), !whole.isEmpty else {
            return nil
        }
        let decimals = parts.count == 2 ? parts[1].count : 0
        self.init(digits, (0..<decimals).reduce(1) { power, _ in power * 10 })
    }

    static func + (a: Fraction, b: Fraction) -> Fraction {
        Fraction(a.over * b.under + b.over * a.under, a.under * b.under)
    }

    static func * (a: Fraction, b: Fraction) -> Fraction {
        Fraction(a.over * b.over, a.under * b.under)
    }

    func isLess(than other: Fraction) -> Bool { over * other.under < other.over * under }

    /// Fen, half away from zero.
    func rounded() -> Int {
        let doubled = 200 * over + (over < 0 ? -under : under)
        return Int(doubled / (2 * under))
    }
}
