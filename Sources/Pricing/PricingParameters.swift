import Rules

/// A parameter that pricing reads, by the bare name of its file.
public struct PricingParameter: Sendable {
    public let name: String
    public let unit: Parameter.Unit
    /// The only words it may hold; `nil` where a name is free, such as of a counter.
    public let words: [String]?

    init(_ name: String, _ unit: Parameter.Unit, _ words: [String]? = nil) {
        self.name = name
        self.unit = unit
        self.words = words
    }

    /// In `<scheme>/<benefit>` and `<scheme>/layers/<name>`.
    public static let ofLayers: [PricingParameter] =
        [
            PricingParameter("layers", .word),
            PricingParameter("charge_limit", .yuan),
            PricingParameter(
                "enters", .word,
                [
                    "scope", "total", "remaining", "remaining_after_deductible", "beyond_limit",
                    "nothing",
                ]),
            PricingParameter("fund", .word, Fund.allCases.map(\.rawValue)),
            PricingParameter("deductible", .yuan),
            PricingParameter("deductible_period", .word, ["year", "quarter", "month", "visit"]),
            PricingParameter("deductible_counter", .word),
            PricingParameter("rate", .share),
            PricingParameter("rate_plus", .share),
            PricingParameter("rate_minus", .share),
            PricingParameter("band_basis", .word, ["year", "claim"]),
            PricingParameter("band_from", .word, ["zero", "deductible"]),
            PricingParameter("band_method", .word, ["marginal", "whole"]),
            PricingParameter("fixed_fund", .yuan),
            PricingParameter("fixed_person", .yuan),
            PricingParameter("rounding", .word, ["fund", "person", "down"]),
            PricingParameter("limit_base", .word, ["payout", "cost"]),
            PricingParameter("limit_counter", .word),
            PricingParameter("cost_counter", .word),
            PricingParameter("limit_adds_incentive", .word, ["yes", "no"]),
            PricingParameter("limit_pool_year", .yuan),
            PricingParameter("pool_counter", .word),
            PricingParameter("limit_household_year", .yuan),
            PricingParameter("household_counter", .word),
            PricingParameter("carried_from", .word),
            PricingParameter("visits_counted", .word, ["paid", "all"]),
        ] + LimitPeriod.allCases.map { PricingParameter($0.limit, .yuan) }
        + [.day, .month, .quarter, .year].map { (period: LimitPeriod) in
            PricingParameter(period.visits, .count)
        }

    /// In `<scheme>` itself.
    public static let ofSchemes = [PricingParameter("benefit", .word)]
}

/// What a rule set says about pricing that no bill could be priced by: parameters nobody reads,
/// words nobody knows, layers and benefits that are not there.
///
/// - Returns: every fault, with file and remedy.
public func pricingFaults(_ book: Rulebook, schemes: [String]) -> [RuleFault] {
    var faults: [RuleFault] = []
    for scheme in schemes {
        let benefits = book.folders.filter { isBenefit($0.path, of: scheme) }
        for folder in book.folders {
            if isBenefit(folder.path, of: scheme) || folder.path.hasPrefix("\(scheme)/layers/") {
                faults += known(folder, PricingParameter.ofLayers)
                faults += complete(folder, isBasic: isBenefit(folder.path, of: scheme))
            } else if folder.path == scheme {
                faults += known(folder, PricingParameter.ofSchemes)
            }
        }
        faults += named(book, scheme, benefits)
    }
    return faults
}

private func isBenefit(_ path: String, of scheme: String) -> Bool {
    let parts = path.split(separator: "/")
    return parts.count == 2 && parts[0] == scheme
        && !["account", "contribution", "layers"].contains(parts[1])
}

private func known(_ folder: RuleFolder, _ names: [PricingParameter]) -> [RuleFault] {
    unread(folder, known: names.map(\.name))
        + names.compactMap { known in
            guard let parameter = folder.parameters[known.name] else { return nil }
            let file = parameter.path + ".yaml"
            guard known.unit == parameter.unit else {
                return RuleFault(
                    file: file, line: 2,
                    message: "\(known.name) is stated in \(known.unit.rawValue)",
                    remedy: "set unit: \(known.unit.rawValue)")
            }
            guard let words = known.words,
                let odd = parameter.words.first(where: { !words.contains($0) })
            else { return nil }
            return RuleFault(
                file: file, line: 1, message: "\(known.name) never is \"\(odd)\"",
                remedy: "use one of \(words.joined(separator: ", "))")
        }
}

/// A basic layer pays somehow; another layer says whose money it is.
private func complete(_ folder: RuleFolder, isBasic: Bool) -> [RuleFault] {
    let pays = ["rate", "fixed_fund", "fixed_person"].contains { folder.parameters[$0] != nil }
    if isBasic, !pays {
        return [
            RuleFault(
                file: folder.path, line: 1, message: "this benefit has no rate",
                remedy: "add rate.yaml, fixed_fund.yaml or fixed_person.yaml")
        ]
    }
    guard !isBasic, folder.parameters["fund"] == nil else { return [] }
    return [
        RuleFault(
            file: folder.path, line: 1, message: "this layer does not say which fund pays",
            remedy: "add fund.yaml, such as hifmi_pay")
    ]
}

/// Benefits and layers that are named somewhere have to be there.
private func named(_ book: Rulebook, _ scheme: String, _ benefits: [RuleFolder]) -> [RuleFault] {
    var named: [(parameter: Parameter, folder: String)] = []
    for word in book["\(scheme)/benefit"]?.words ?? [] {
        if let parameter = book["\(scheme)/benefit"] {
            named.append((parameter, "\(scheme)/\(word)"))
        }
    }
    for benefit in benefits {
        if let parameter = benefit.parameters["layers"] {
            named += parameter.words.map { (parameter, "\(scheme)/layers/\($0)") }
        }
    }
    for folder in book.folders where folder.path.hasPrefix(scheme + "/") {
        if let parameter = folder.parameters["carried_from"] {
            named += parameter.words.map { (parameter, "\(scheme)/\($0)") }
        }
    }
    return named.filter { !book.hasFolder($0.folder) }.map { parameter, folder in
        RuleFault(
            file: parameter.path + ".yaml", line: 1, message: "there is no folder \(folder)",
            remedy: "write it, or name one that is there")
    }
}
