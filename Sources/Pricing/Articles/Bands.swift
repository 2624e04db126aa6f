import Rules
import Vocabulary

extension Workings {
    /// 分段支付: each slice of the amount has its own rate; rounded once over all slices.
    mutating func bandedRate(
        _ bands: Cited<[Parameter.Band]>, on base: Money, after due: Money, _ layer: Layer
    ) throws(RulebookFault) -> Money {
        let start = try bandStart(due, layer)
        let whole = try layer.choice("band_method", ["marginal", "whole"], self) == "whole"
        let change = try rateChange(layer)
        let slices =
            whole
            ? wholeBand(bands.value, start: start, base: base)
            : marginalBands(bands.value, start: start, base: base)
        return round(
            slices.map { ($0.amount, change.applied(to: $0.share)) }, try rounding(layer), .bands,
            layer, [bands.citation] + change.citations)
    }

    /// Where the base begins on the scale that the bands divide.
    private func bandStart(_ due: Money, _ layer: Layer) throws(RulebookFault) -> Money {
        let ofYear = try layer.choice("band_basis", ["year", "claim"], self) == "year"
        let fromZero = try layer.choice("band_from", ["zero", "deductible"], self) == "zero"
        let name = try layer.counter("cost_counter", self)
        let cost = ofYear ? Money(fen: count(of: Counter(.cost, name))) : .zero
        if fromZero { return cost + due }
        let used = ofYear ? try deductibleCounter(layer).map { count(of: $0) } ?? 0 : 0
        return max(.zero, cost - Money(fen: used))
    }

    private func marginalBands(
        _ bands: [Parameter.Band], start: Money, base: Money
    ) -> [(amount: Money, share: Share)] {
        var slices: [(amount: Money, share: Share)] = []
        var lower = Money.zero
        for band in bands {
            let upper = min(band.upTo ?? start + base, start + base)
            let overlap = upper - max(lower, start)
            if overlap > .zero { slices.append((overlap, band.rate)) }
            lower = band.upTo ?? lower
        }
        return slices
    }

    private func wholeBand(
        _ bands: [Parameter.Band], start: Money, base: Money
    ) -> [(amount: Money, share: Share)] {
        let reached = bands.first { start + base <= $0.upTo ?? .largest }
        return reached.map { [(base, $0.rate)] } ?? []
    }
}

extension Layer {
    /// A switch with its known words, the default first.
    func choice(
        _ name: String, _ words: [String], _ work: Workings
    ) throws(RulebookFault) -> String {
        guard let word = try word(name, work) else { return words[0] }
        guard words.contains(word) else { throw .kind(parameter: "\(folder.path)/\(name)") }
        return word
    }
}
