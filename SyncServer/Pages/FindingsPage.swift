import Cataloguing
import Checking
import Journaling
import Merging
import Pricing
import Rules
import Syncing
import Vocabulary

// What the review rules find in the visits of all clinics: by rule, each with its evidence and the
// entries it shows in.
extension Site {
    func findings(_ ask: Ask) async throws -> Answer {
        guard let content = try await shelf.content(office) else { throw OfficeFault.noPolicy }
        let to = ask.query.day("to") ?? office.today
        let days = min(max(Int(ask.query["days"]) ?? 1, 1), Site.mostReviewDays)
        let result = try MergedReview(office.store, content)
            .findings(from: to.adding(days: 1 - days), to: to)
        return try office.store.read { session in
            let story = FindingStory(
                session: session, places: try Places(session), content: content)
            let groups = Dictionary(grouping: result.findings, by: \.check)
            return .page(
                "sheet",
                Sheet(
                    frame: frame(ask), heading: Texts.page["findings"] ?? "",
                    lead: Texts.findingsLead(
                        result.visits, result.findings.count, whole: result.whole),
                    back: [
                        Cell(
                            Texts.page["dayBefore"] ?? "",
                            to: findingsLink(to.adding(days: -days), days))
                    ],
                    choices: Site.reviewDays.map {
                        Sheet.Choice(
                            text: Texts.lastDays($0, to), href: findingsLink(to, $0),
                            chosen: $0 == days)
                    },
                    sections: try groups.values.sorted { $0[0].comesBefore($1[0]) }
                        .map { try story.section($0) }))
        }
    }

    private static let reviewDays = [1, 7, 30]
    private static let mostReviewDays = 31
}

private func findingsLink(_ to: Day, _ days: Int) -> String {
    link("/findings", ["to": to.description, "days": "\(days)"])
}

extension MergedFinding {
    fileprivate func comesBefore(_ other: MergedFinding) -> Bool {
        (severity, check.rawValue) < (other.severity, other.check.rawValue)
    }
}

/// Findings as rows a person can follow up.
struct FindingStory {
    let session: any LedgerSession
    let places: Places
    let content: PublishedContent

    static let mostRows = 200

    /// All findings of one rule.
    func section(_ findings: [MergedFinding]) throws -> Section {
        let first = findings[0]
        let definition = content.rules[first.check.folder + "/severity"]?.description ?? ""
        let rows = try findings.prefix(FindingStory.mostRows).map { try row($0) }
        return Section(
            Texts.counted(Texts.finding(first.check), findings.count),
            Texts.findingSentence(definition, first.citation.source, first.check),
            Table(Texts.findingColumns, rows))
    }

    private func row(_ finding: MergedFinding) throws -> [Cell] {
        let clinic = places.institution(finding.institution)
        let last = finding.visits[finding.visits.count - 1]
        let state: Cell.State = finding.severity == .report ? .plain : .late
        return [
            .state(
                state, Texts.severity(finding.severity), note: finding.day.description),
            try finding.person.map {
                Cell(try session.maskedName($0), to: memberHref($0, finding.day.year))
            } ?? Cell(Texts.wholeClinic),
            Cell(clinic, to: "/kiosks/\(last.kiosk)/days/\(finding.day)"),
            Cell(Texts.evidence(finding, item: name(finding))),
            try entry(finding.visits[0], finding.check),
            finding.visits.count > 1
                ? try entry(last, finding.check, of: finding.visits.count) : Cell(""),
        ]
    }

    private func name(_ finding: MergedFinding) -> String {
        guard let code = finding.evidence["item"] else { return "" }
        return content.catalogue.item(code, finding.day)?.name ?? code
    }

    private func entry(
        _ visit: MergedVisit.Reference, _ check: Check, of count: Int = 1
    ) throws -> Cell {
        let reference = EntryReference(kiosk: visit.kiosk, sequence: visit.sequence)
        let at = try session.entry(reference)?.entry.header.at
        let others = count > 2 ? Texts.entriesInAll(count) : ""
        return Cell(
            Texts.entryNumber(reference), to: link(reference.href, ["matter": check.rawValue]),
            note: [at?.description ?? "", others].filter { !$0.isEmpty }
                .joined(separator: Texts.listComma))
    }
}
