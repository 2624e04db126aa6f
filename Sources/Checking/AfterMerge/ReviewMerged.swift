import Rules
import Vocabulary

/// Asks the rules that only all clinics together can answer.
///
/// Pure and a function of the set: any order of visits gives the same findings in the same order.
/// A person's visits, a clinic's day and a day's comparison are each looked at alone
/// (``reviewPerson(_:_:by:)``, ``reviewClinicDay(_:by:)``), so that a late parcel touches only its
/// own.
///
/// - Parameters:
///   - visits: all visits of a stretch of days.
///   - earlier: visits of the same people before it, for supplies that still run; nothing is found
///     in them alone.
/// - Throws: ``RulebookFault`` where a rule has no figure for a day.
public func review(
    _ visits: [MergedVisit], earlier: [MergedVisit] = [],
    _ surroundings: Surroundings = Surroundings(), by rules: Rulebook
) throws(RulebookFault) -> [MergedFinding] {
    let stays = Dictionary(grouping: surroundings.stays, by: \.person)
    var findings: [MergedFinding] = []
    let before = Dictionary(grouping: earlier, by: \.person)
    for (person, own) in Dictionary(grouping: visits, by: \.person) {
        let days = Set(own.map(\.day))
        findings += try reviewPerson((before[person] ?? []) + own, stays[person] ?? [], by: rules)
            .filter { days.contains($0.day) }
    }
    for day in Dictionary(grouping: visits, by: { ClinicDay($0) }).values {
        findings += try reviewClinicDay(day, by: rules)
    }
    findings += try abovePeers(visits, by: rules)
    findings += try soldMoreThanBought(visits, surroundings.purchases, by: rules)
    findings += try notCoveredOnDay(visits, by: rules)
    findings += try credentialRevoked(visits, surroundings.revoked, by: rules)
    return findings.sorted(by: MergedFinding.canonical)
}

/// One person's visits at all clinics.
public func reviewPerson(
    _ visits: [MergedVisit], _ stays: [Surroundings.Stay], by rules: Rulebook
) throws(RulebookFault) -> [MergedFinding] {
    let ordered = visits.sorted(by: MergedVisit.canonical)
    return try sameDayElsewhere(ordered, by: rules)
        + visitInHospital(ordered, stays, by: rules)
        + overlappingSupply(ordered, by: rules)
}

/// One clinic's day.
public func reviewClinicDay(_ visits: [MergedVisit], by rules: Rulebook) throws(RulebookFault)
    -> [MergedFinding]
{
    let ordered = visits.sorted(by: MergedVisit.canonical)
    return try cardsCollected(ordered, by: rules) + settledAtNight(ordered, by: rules)
}

private struct ClinicDay: Hashable {
    let institution: String
    let day: Day

    init(_ visit: MergedVisit) { (institution, day) = (visit.institution, visit.day) }
}

extension MergedVisit {
    /// A rule as it was in force on this visit's day.
    func rule(_ check: Check, by rules: Rulebook) throws(RulebookFault) -> ReviewRule? {
        var circumstances = Circumstances()
        circumstances.state(.level, level.rawValue)
        circumstances.state(.kind, kind.rawValue)
        return try ReviewRule(check, at: .merged, by: rules, on: day, for: circumstances)
    }
}

extension MergedFinding {
    /// The gravest first, then by rule, day and entry.
    static func canonical(_ a: MergedFinding, _ b: MergedFinding) -> Bool {
        if a.severity != b.severity { return a.severity < b.severity }
        if a.check != b.check { return a.check.rawValue < b.check.rawValue }
        if a.day != b.day { return a.day < b.day }
        if a.visits != b.visits { return a.visits.lexicographicallyPrecedes(b.visits) }
        return a.evidence.sorted { $0.key < $1.key }.map(\.value)
            .lexicographicallyPrecedes(b.evidence.sorted { $0.key < $1.key }.map(\.value))
    }
}
