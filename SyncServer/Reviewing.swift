import Cataloguing
import Checking
import Foundation
import Hosting
import Identifying
import Journaling
import Merging
import Pricing
import Publishing
import Rules
import Vocabulary

/// The review after the merge: what all clinics of the county together show in a stretch of days.
///
/// Read in pieces, so that parcels and pages need not wait until a month has been looked at.
struct MergedReview {
    let store: any CountyStore
    let rules: Rulebook
    let catalogue: Catalogue
    /// Institution of each kiosk.
    private let institutions: [KioskID: String]

    init(_ store: any CountyStore, _ content: PublishedContent) throws {
        self.store = store
        rules = content.rules
        catalogue = content.catalogue
        institutions = Dictionary(
            try store.read { try $0.journals() }.map { ($0.kiosk, $0.institution) },
            uniquingKeysWith: { $1 })
    }

    /// A county's month; more is looked at in parts.
    static let mostVisits = 60_000
    /// So many people are looked up while nobody else reads.
    private static let peopleAtOnce = 500

    /// - Returns: the findings, how many visits were looked at, and whether that was all of them.
    func findings(from: Day, to: Day) throws -> (
        findings: [MergedFinding], visits: Int, whole: Bool
    ) {
        let entries = try entries(from: from, to: to)
        let visits = try covered(standing(entries))
        let findings = try review(
            visits, earlier: try earlier(visits, before: from),
            try store.read { try Office.surroundings($0) }, by: rules)
        return (findings, visits.count, entries.count < MergedReview.mostVisits)
    }

    /// The newest first, a day at a time.
    private func entries(from: Day, to: Day) throws -> [Placed] {
        var (entries, day): ([Placed], Day) = ([], to)
        while day >= from, entries.count < MergedReview.mostVisits {
            let left = MergedReview.mostVisits - entries.count
            entries += try store.read { try $0.visits(from: day, to: day, limit: left) }
            day = day.adding(days: -1)
        }
        return entries
    }

    /// Does the same to everybody, some people in each reading.
    private func each<Key, Result>(
        _ keys: some Collection<Key>, _ body: (Key, any LedgerSession) throws -> [Result]
    ) throws -> [Result] {
        let keys = Array(keys)
        return try stride(from: 0, to: keys.count, by: Self.peopleAtOnce).flatMap { start in
            try store.read { session in
                try keys[start..<min(start + Self.peopleAtOnce, keys.count)].flatMap {
                    try body($0, session)
                }
            }
        }
    }

    /// Earlier visits of people who go to several clinics: their supplies may still run.
    private func earlier(_ visits: [MergedVisit], before day: Day) throws -> [MergedVisit] {
        try each(Set(visits.map(\.person))) { person, session in
            let years = [day.year - 1, day.year]
            guard try years.contains(where: { try session.isSeenElsewhere(person, year: $0) })
            else { return [] }
            // A visit that settles what was owed of the year before stands in both.
            let entries = try years.flatMap { year in
                try session.entries(of: person, year: year).filter {
                    $0.entry.header.day.year == year
                }
            }
            // What was paid from this person's account was a relative's visit.
            return standing(entries.filter { $0.entry.header.day < day })
                .filter { $0.person == person }
        }
    }

    /// What the roll, with the contributions the ledger holds, says of every person on the day.
    private func covered(_ visits: [MergedVisit]) throws -> [MergedVisit] {
        try each(Dictionary(grouping: visits, by: \.person)) { people, session in
            let (person, own) = people
            guard var member = try session.member(person) else { return own }
            for year in Set(own.map(\.day.year)) where !member.coverage.paidYears.contains(year) {
                guard let receipt = try session.personYear(person, year)?.contributions.first,
                    let day = try session.entry(receipt)?.entry.header.day
                else { continue }
                member.coverage.pay(year, on: day)
            }
            return try own.map { visit in
                var visit = visit
                let verdict = try member.verdict(on: visit.day, by: rules)
                if !verdict.eligibility.paysBenefit {
                    visit.excluded = MergedVisit.Exclusion(
                        rule: verdict.rule.rawValue, figures: verdict.arithmetic)
                }
                return visit
            }
        }
    }

    /// Visits that nothing has taken back.
    private func standing(_ entries: [Placed]) -> [MergedVisit] {
        let voided = voidedReferences(entries)
        return entries.compactMap { placed in
            guard case .visit(let visit) = placed.entry.fact, !voided.contains(placed.reference)
            else { return nil }
            let header = placed.entry.header
            var merged = MergedVisit(
                entry: MergedVisit.Reference(kiosk: placed.kiosk, sequence: placed.sequence),
                institution: institutions[placed.kiosk] ?? placed.kiosk.rawValue,
                level: visit.level, person: visit.person, day: header.day, at: header.at,
                kind: visit.kind, total: visit.amounts.total,
                items: visit.lines.map { item($0, header.day) })
            (merged.rollAsOf, merged.credential) = (visit.rollAsOf, visit.credential)
            return merged
        }
    }

    private func item(_ line: Visit.Line, _ day: Day) -> MergedVisit.Item {
        let known = catalogue.item(line.code, day)
        return MergedVisit.Item(
            code: line.code, feeType: known?.feeType ?? .other, quantity: line.quantity,
            days: line.days,
            isInfusion: known?.flags.contains("infusion") ?? false)
    }
}

// Knowledge points, from the county's own table or the national batches as they are published.
extension Office {
    /// Proposes the policy in force with other knowledge points.
    func publishKnowledge(_ input: KnowledgeInput) throws -> Proposal {
        guard var content = try Office.content(store) else { throw OfficeFault.noPolicy }
        content.knowledge = try input.paths.flatMap { try readKnowledge($0) }
        return try propose(
            content, note: "知识点 \(content.knowledge.count) 条", firstDay: today, by: input.by,
            pin: input.pin)
    }
}

/// A table of points, or a folder of national batches.
func readKnowledge(_ path: String) throws -> [KnowledgePoint] {
    var isFolder = ObjCBool(false)
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else {
        return try KnowledgePoint.table(csv: String(decoding: try readFile(path), as: UTF8.self))
    }
    var files: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: path)
    where name.hasSuffix(".csv") {
        files[name] = String(decoding: try readFile(path + "/" + name), as: UTF8.self)
    }
    do { return try nationalBatches(files) } catch {
        throw OfficeFault.faults(error.description)
    }
}

struct KnowledgeInput: Codable, Sendable {
    var paths: [String]
    var by: String
    var pin: String
}
