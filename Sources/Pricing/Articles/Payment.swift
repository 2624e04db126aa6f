import Rules
import Vocabulary

/// How a layer turns cost into payment.
enum Method {
    /// 定额支付: the fund pays so much a session.
    case fixedFund(Cited<Money>)
    /// 个人定额: the person pays so much a session, the fund the rest.
    case fixedPerson(Cited<Money>)
    /// 按比例, one rate or by slices.
    case rate(Cited<[Parameter.Band]>)
    /// 按比例, each class of items its own.
    case rateByClass
}

extension Workings {
    /// The first method the layer's rules name; `nil` where a supplementary layer does not apply.
    func method(of layer: Layer) throws(RulebookFault) -> Method? {
        if let amount = try layer.money("fixed_fund", self) { return .fixedFund(amount) }
        if let amount = try layer.money("fixed_person", self) { return .fixedPerson(amount) }
        if layer.folder.parameters["rate"]?.asks(about: .itemClass) == true { return .rateByClass }
        if let bands = try layer.folder.bands("rate", on: day, for: circumstances) {
            return .rate(bands)
        }
        guard !layer.isBasic else { throw .missing(parameter: layer.folder.path + "/rate") }
        return nil
    }

    /// What the fund would pay before its limits.
    mutating func payment(
        by method: Method, on entering: Money, after due: Money, _ layer: Layer, _ part: inout Part
    ) throws(RulebookFault) -> Money {
        let base = entering - due
        let paid: Money
        switch method {
        case .fixedFund(let amount): paid = fixedFund(amount, base, layer)
        case .fixedPerson(let amount): paid = fixedPerson(amount, base, layer)
        case .rateByClass: paid = try rateByClass(base, layer, part)
        case .rate(let bands):
            if bands.value.count == 1, bands.value[0].upTo == nil {
                let flat = Cited(bands.value[0].rate, bands.citation)
                let (amount, rate) = try flatRate(flat, on: base, layer)
                if layer.isBasic { part.rate = rate }
                return amount
            }
            paid = try bandedRate(bands, on: base, after: due, layer)
        }
        if layer.isBasic { part.rate = Share(paid, of: base) }
        return paid
    }
}

extension Share {
    /// The effective rate to four decimals, half up, as the national message has room for.
    fileprivate init(_ part: Money, of whole: Money) {
        let tenThousandths = Money(fen: 10_000).times(part, over: whole)
        self.init(millionths: tenThousandths.fen * 100)
    }
}
