import Rules
import Vocabulary

// Parameters as tables and lists: what every page is made of.
extension Page {
    /// Figures as a table, switches and short lists as sentences, earlier and later values last.
    mutating func tell(_ parameters: [Parameter], on day: Day) {
        var table = MarkdownTable(HandbookTexts.figureColumns)
        for parameter in parameters where isFigure(parameter, on: day) {
            table.rows += rows(of: parameter, on: day)
        }
        var sentences: [String] = []
        for parameter in parameters where !isFigure(parameter, on: day) {
            sentences.append("- " + sentence(parameter, on: day))
        }
        blocks += [table.text, sentences.joined(separator: "\n")]
        tellHistory(of: parameters, on: day)
    }

    /// A figure belongs in the table, and a word that depends on circumstances.
    func isFigure(_ parameter: Parameter, on day: Day) -> Bool {
        parameter.unit != .word
            || parameter.cases(of: parameter.inForce(on: day)?.value).contains { !$0.when.isEmpty }
    }

    /// Title, circumstances, value, start and source; only the first line names the figure.
    mutating func rows(of parameter: Parameter, on day: Day) -> [[String]] {
        let dated = parameter.inForce(on: day)
        let note = dated.map { mark($0, parameter) } ?? ""
        let since = dated?.from.description ?? ""
        return cases(parameter, dated).enumerated().map { index, line in
            index == 0
                ? [title(parameter), line.when, line.value, since, note]
                : ["", line.when, line.value, "", ""]
        }
    }

    mutating func sentence(_ parameter: Parameter, on day: Day) -> String {
        let dated = parameter.inForce(on: day)
        let note = dated.map { HandbookTexts.since($0.from) + mark($0, parameter) } ?? ""
        return "\(title(parameter))：\(words(cases(parameter, dated)))\(note)"
    }

    /// All values of the parameters that have changed or will.
    mutating func tellHistory(of parameters: [Parameter], on day: Day) {
        var table = MarkdownTable(HandbookTexts.historyColumns)
        for parameter in parameters where parameter.values.count > 1 {
            let current = parameter.inForce(on: day)?.from
            for (index, dated) in parameter.values.enumerated() {
                table.rows.append([
                    index == 0 ? title(parameter) : "", dated.from.description,
                    words(parameter.cases(of: dated.value)),
                    HandbookTexts.standing(dated.from, current: current),
                    mark(dated, parameter),
                ])
            }
        }
        if !table.rows.isEmpty { blocks += [HandbookTexts.history, table.text] }
    }

    private func words(_ cases: [ValueCase]) -> String {
        cases.map { line in line.when.isEmpty ? line.value : "\(line.when) \(line.value)" }
            .joined(separator: "；")
    }

    private func cases(_ parameter: Parameter, _ dated: Parameter.DatedValue?) -> [ValueCase] {
        guard let dated else { return [ValueCase(when: "", value: HandbookTexts.notYet)] }
        return parameter.cases(of: dated.value)
    }

    private func title(_ parameter: Parameter) -> String {
        let title = parameter.title
        return escaped(String(title.dropFirst(title.hasPrefix(prefix) ? prefix.count : 0)))
    }

    mutating func mark(_ dated: Parameter.DatedValue, _ parameter: Parameter) -> String {
        notes.mark(dated.source, reviewed: parameter.reviewedOn)
    }
}

extension Handbook {
    func parameters(in folder: String) -> [Parameter] {
        HandbookTexts.sorted(Array(rules.folder(folder).parameters.values))
    }

    /// A page that tells one folder and nothing else.
    func plainPage(_ folder: String, _ title: String? = nil) -> Page {
        var page = Page(title: title ?? HandbookTexts.folder(folder), folders: [folder])
        page.tell(parameters(in: folder), on: day)
        return page
    }
}
