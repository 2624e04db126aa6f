import Rules
import Vocabulary

extension Workings {
    /// 支付比例: the fund bears the rate of what is left.
    ///
    /// - Returns: the payment and the rate after its bonuses and reductions.
    mutating func flatRate(
        _ rate: Cited<Share>, on base: Money, _ layer: Layer
    ) throws(RulebookFault) -> (Money, Share) {
        let change = try rateChange(layer)
        let share = change.applied(to: rate.value)
        let paid = round(
            [(base, share)], try rounding(layer), .rate, layer, [rate.citation] + change.citations)
        return (paid, share)
    }

    /// 甲乙类分别按比例: what does not count as base (cut off, deductible, borne by the institution)
    /// comes off class A first.
    mutating func rateByClass(
        _ base: Money, _ layer: Layer, _ part: Part
    ) throws(RulebookFault) -> Money {
        let a = max(.zero, base - part.classB)
        var paid = Money.zero
        let (rounding, change) = (try rounding(layer), try rateChange(layer))
        for (amount, itemClass) in [(a, ItemClass.a), (base - a, .b)] where amount > .zero {
            circumstances.replace(.itemClass, itemClass.rawValue)
            let rate = try layer.folder.require(try layer.share("rate", self), "rate")
            paid += round(
                [(amount, change.applied(to: rate.value))], rounding, .rate, layer,
                [rate.citation] + change.citations)
        }
        circumstances.replace(.itemClass)
        return paid
    }

    /// Bonus and reduction in percentage points (签约加、异地减).
    func rateChange(_ layer: Layer) throws(RulebookFault) -> RateChange {
        RateChange(
            plus: try layer.share("rate_plus", self), minus: try layer.share("rate_minus", self))
    }

    func rounding(_ layer: Layer) throws(RulebookFault) -> LayerRounding {
        guard let word = try layer.word("rounding", self) else { return .fund }
        guard let rounding = LayerRounding(rawValue: word) else {
            throw .kind(parameter: layer.folder.path + "/rounding")
        }
        return rounding
    }

    /// Sums products exactly, rounds once, and says so.
    mutating func round(
        _ products: [(amount: Money, share: Share)], _ rounding: LayerRounding,
        _ article: Article, _ layer: Layer, _ citations: @autoclosure () -> [Citation]
    ) -> Money {
        let paid = rounding.apply(to: products)
        say(
            article, layer: layer.name, paid, "\(rounding.written(products)) = \(paid)", citations()
        )
        return paid
    }
}

/// What a rate gains and loses, in percentage points.
struct RateChange {
    let plus: Cited<Share>?
    let minus: Cited<Share>?

    var citations: [Citation] { [plus, minus].compactMap { $0?.citation } }

    func applied(to rate: Share) -> Share {
        let sum = rate.millionths + (plus?.value.millionths ?? 0) - (minus?.value.millionths ?? 0)
        return Share(millionths: min(Share.one.millionths, max(0, sum)))
    }
}

/// Who gets the half fen (四舍五入的口径).
enum LayerRounding: String {
    /// The payment is rounded half up.
    case fund
    /// The person's part is rounded half up, the fund bears what is left.
    case person
    /// The payment is cut to the fen.
    case down

    func apply(to products: [(amount: Money, share: Share)]) -> Money {
        switch self {
        case .fund: Money.sum(of: products)
        case .down: Money.sum(of: products, .down)
        case .person:
            products.sum { $0.amount }
                - Money.sum(of: products.map { ($0.amount, $0.share.complement) })
        }
    }

    func written(_ products: [(amount: Money, share: Share)]) -> String {
        func words(_ share: (Share) -> Share) -> String {
            let terms = products.map { "\($0.amount) × \(share($0.share).percent)" }
            return terms.isEmpty ? "0" : terms.joined(separator: " + ")
        }
        return switch self {
        case .fund: words { $0 }
        case .down: "floor(\(words { $0 }))"
        case .person: "\(products.sum { $0.amount }) - round(\(words(\.complement)))"
        }
    }
}
