/// A table in Markdown; columns that say nothing in any row are left out.
struct MarkdownTable {
    let head: [String]
    var rows: [[String]] = []

    init(_ head: [String]) { self.head = head }

    var text: String {
        guard !rows.isEmpty else { return "" }
        let kept = head.indices.filter { column in rows.contains { !$0[column].isEmpty } }
        func line(_ cells: [String]) -> String {
            "| " + kept.map { clean(cells[$0]) }.joined(separator: " | ") + " |"
        }
        let rule = "|" + String(repeating: "---|", count: kept.count)
        return ([line(head), rule] + rows.map(line)).joined(separator: "\n")
    }

    /// A bar or a line break would end the cell.
    private func clean(_ cell: String) -> String {
        String(cell.map { $0 == "|" ? "｜" : ($0.isNewline ? " " : $0) })
    }
}

/// Text of the rule files as Markdown shows it: a star or an underscore there means itself.
func escaped(_ text: String) -> String {
    text.reduce(into: "") { $0 += "\\*_`<[".contains($1) ? "\\\($1)" : String($1) }
}
