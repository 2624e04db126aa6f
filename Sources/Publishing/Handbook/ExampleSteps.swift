import Pricing
import Rules
import Vocabulary

extension Page {
    /// The worked example: the bill, every step with its arithmetic and source, who pays what.
    mutating func tell(_ example: WorkedExample?, by book: Handbook) {
        guard let example else {
            blocks += ["#### \(HandbookTexts.example)", HandbookTexts.noExample]
            return
        }
        var table = MarkdownTable(HandbookTexts.stepColumns)
        for (number, reason) in example.quote.reasons.enumerated() {
            let marks = reason.citations.map { citation in
                notes.mark(
                    citation.source, reviewed: book.rules[citation.parameter]?.reviewedOn)
            }
            table.rows.append([
                "\(number + 1)", HandbookTexts.step(reason), HandbookTexts.arithmetic(reason),
                marks.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(),
            ])
        }
        blocks += [
            "#### \(HandbookTexts.example)", HandbookTexts.bill(example.quote.bill, example.facts),
            table.text, HandbookTexts.result(example.quote),
        ]
    }
}
