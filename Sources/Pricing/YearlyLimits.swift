import Rules
import Vocabulary

/// The yearly limits that bills like this one would meet, by their counter, in fen or times.
///
/// - Parameters:
///   - bill: what would be charged; its lines do not matter.
///   - standing: as far as it raises a limit (结转).
/// - Returns: of a counter that several layers limit, the lowest.
public func yearlyLimits(
    for bill: Bill, by rules: Rulebook, given standing: Standing
) throws(RulebookFault) -> [Counter: Int] {
    var work = Workings(bill, rules, standing.on(bill.day), explains: false)
    let scheme = bill.scheme.rawValue
    var folders = [try work.benefit]
    for name in try folders[0].words("layers", on: bill.day, for: work.circumstances)?.value ?? [] {
        folders.append(rules.folder("\(scheme)/layers/\(name)"))
    }
    var limits: [Counter: Int] = [:]
    for (place, folder) in folders.enumerated() {
        let layer = try Layer(folder, isBasic: place == 0, work)
        limits.merge(try work.yearlyLimits(of: layer), uniquingKeysWith: min)
    }
    return limits
}

extension Workings {
    fileprivate mutating func yearlyLimits(
        of layer: Layer
    ) throws(RulebookFault) -> [Counter: Int] {
        var limits: [Counter: Int] = [:]
        let limited = try Limits(of: layer, on: day)
        if limited.payout.contains(.year), let most = try yearlyMost(layer) {
            limits[Counter(.paid, try layer.counter("limit_counter", self))] = most.fen
        }
        if limited.cost.contains(.year),
            let most = try layer.money(LimitPeriod.year.limit, self)
        {
            limits[Counter(.cost, try layer.counter("cost_counter", self))] = most.value.fen
        }
        if let pool = try layer.money("limit_pool_year", self) {
            limits[try poolCounter(layer)] = pool.value.fen
        }
        if let household = try householdLimit(layer.folder) {
            limits[try householdCounter(layer)] = household.value.fen
        }
        if layer.visitLimited.contains(.year),
            let most = try layer.count(LimitPeriod.year.visits, self)
        {
            limits[Counter(.visits, layer.name)] = most.value
        }
        return limits
    }
}
