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
        if layer.folder.parameters["rate"]?.asks(about: .itemClass, on: day) == true {
            return try hasRateByClass(layer) ? .rateByClass : try notThere(layer)
        }
        if let bands = try layer.folder.bands("rate", on: day, for: circumstances) {
            return .rate(bands)
        }
        return try notThere(layer)
    }

    /// A basic layer without a rate is refused; another simply does not apply.
    private func notThere(_ layer: Layer) throws(RulebookFault) -> Method? {
        guard !layer.isBasic else { throw .missing(parameter: layer.folder.path + "/rate") }
        return nil
    }

    private func hasRateByClass(_ layer: Layer) throws(RulebookFault) -> Bool {
        var asked = self
        for itemClass in [ItemClass.a, .b] {
            asked.circumstances.replace(.itemClass, itemClass.rawValue)
            if try layer.share("rate", asked) == nil { return false }
        }
        return true
    }

    /// What the fund would pay before its limits.
    mutating func payment(
        by method: Method, on entering: Money, after due: Money, _ layer: Layer, _ part: inout Part
    ) throws(RulebookFault) -> Money {
        let base = entering - due
        switch method {
        case .fixedFund(let amount): return fixedFund(amount, base, layer)
        case .fixedPerson(let amount): return fixedPerson(amount, base, layer)
        case .rateByClass: return try rateByClass(base, layer, part)
        case .rate(let bands):
            if bands.value.isFlat {
                let flat = Cited(bands.value[0].rate, bands.citation)
                let (amount, rate) = try flatRate(flat, on: base, layer)
                if layer.isBasic { part.flatRate = rate }
                return amount
            }
            return try bandedRate(bands, on: base, after: due, layer)
        }
    }
}

extension [Parameter.Band] {
    /// One rate for any amount.
    var isFlat: Bool { count == 1 && self[0].upTo == nil }
}
