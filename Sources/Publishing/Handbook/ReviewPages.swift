import Checking
import Rules
import Vocabulary

// The review rules: what each says, how loudly at which stage, and by which figures.
extension Handbook {
    var reviewPages: [Page] {
        let checks = Check.allCases.filter { folders.contains($0.folder) }
        guard !checks.isEmpty else { return sanctionPages }
        var page = Page(title: HandbookTexts.reviewRules, folders: checks.map(\.folder))
        let usual = usualStart(of: checks)
        page.blocks = [HandbookTexts.reviewLead + (usual.map(HandbookTexts.usualStart) ?? "")]
        page.blocks.append(severities(of: checks, usualStart: usual, &page.notes))
        page.blocks.append(severityChanges(of: checks, &page.notes))
        page.blocks.append("#### \(HandbookTexts.thresholds)")
        tellThresholds(of: checks, &page)
        return [page] + sanctionPages
    }

    /// The figures of all rules in one table, their lists and windows as sentences.
    private func tellThresholds(of checks: [Check], _ page: inout Page) {
        let figures = checks.flatMap { check in
            parameters(in: check.folder).filter { $0.name != "severity" }.map { (check, $0) }
        }
        var table = MarkdownTable(HandbookTexts.thresholdColumns)
        for (check, parameter) in figures where page.isFigure(parameter, on: day) {
            for (index, row) in page.rows(of: parameter, on: day).enumerated() {
                table.rows.append([index == 0 ? HandbookTexts.check(check) : ""] + row)
            }
        }
        var sentences: [String] = []
        for (check, parameter) in figures where !page.isFigure(parameter, on: day) {
            let sentence = page.sentence(parameter, on: day)
            sentences.append("- **\(HandbookTexts.check(check))** \(sentence)")
        }
        page.blocks += [table.text, sentences.joined(separator: "\n")]
        page.tellHistory(of: figures.map(\.1), on: day)
    }

    /// The day most rules start on, so that it need not be written in every row.
    private func usualStart(of checks: [Check]) -> Day? {
        let starts = checks.compactMap { rules[$0.folder + "/severity"]?.inForce(on: day)?.from }
        let counts = Dictionary(starts.map { ($0, 1) }, uniquingKeysWith: +)
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    private func severities(
        of checks: [Check], usualStart: Day?, _ notes: inout Notes
    ) -> String {
        var table = MarkdownTable(HandbookTexts.reviewColumns)
        for check in checks {
            guard let parameter = rules[check.folder + "/severity"] else { continue }
            let dated = parameter.inForce(on: day)
            let stages = Stage.allCases.map { stage in
                check.stages.contains(stage)
                    ? severity(dated?.value, at: stage) : HandbookTexts.notAsked
            }
            let since = dated?.from.description ?? HandbookTexts.notYet
            let note = dated.map { notes.mark($0.source, reviewed: parameter.reviewedOn) }
            table.rows.append(
                [HandbookTexts.check(check), escaped(parameter.description)] + stages
                    + [dated?.from == usualStart ? "" : since, note ?? ""])
        }
        return table.text
    }

    /// What a rule does at a stage; where it depends on circumstances, each with its own word.
    private func severity(_ value: Parameter.Value?, at stage: Stage) -> String {
        switch value {
        case .word(let word): HandbookTexts.severity(word)
        case .table(let table):
            table[stage.rawValue].map { severity($0, at: stage) } ?? HandbookTexts.notAsked
        case .rows(let rows):
            rows.map { row in
                row.conditions.map(\.words).joined(separator: "，") + " "
                    + severity(row.value, at: stage)
            }.joined(separator: "；")
        default: HandbookTexts.notAsked
        }
    }

    private func severityChanges(of checks: [Check], _ notes: inout Notes) -> String {
        let lines = checks.compactMap { check -> String? in
            guard let parameter = rules[check.folder + "/severity"], parameter.values.count > 1
            else { return nil }
            let steps = parameter.values.map { dated in
                let stages = Stage.allCases.filter(check.stages.contains).map {
                    severity(dated.value, at: $0)
                }
                let words = Set(stages).count == 1 ? stages[0] : stages.joined(separator: "、")
                return HandbookTexts.from(dated.from) + words
                    + notes.mark(dated.source, reviewed: parameter.reviewedOn)
            }
            return "- \(HandbookTexts.check(check))：\(steps.joined(separator: "；"))"
        }
        guard !lines.isEmpty else { return "" }
        return HandbookTexts.history + "\n\n" + lines.joined(separator: "\n")
    }

    private var sanctionPages: [Page] {
        let kinds = folders(under: "sanction")
        guard !kinds.isEmpty else { return [] }
        var page = Page(title: HandbookTexts.sanctions, folders: kinds)
        page.tell(kinds.flatMap { parameters(in: $0) }, on: day)
        return [page]
    }
}
