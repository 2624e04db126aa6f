import Rules
import Vocabulary

/// One line of a value: the circumstances, empty where it holds for all, and the figure in words.
struct ValueCase: Equatable {
    let when: String
    let value: String
}

extension Parameter {
    /// A value as lines of a table.
    func cases(of value: Value?) -> [ValueCase] {
        guard let value else { return [ValueCase(when: "", value: HandbookTexts.repealed)] }
        var cases = lines(of: value)
        // Rows that all come to the same need not be told apart.
        if let last = cases.last, isElse(last), cases.allSatisfy({ $0.value == last.value }) {
            cases = [ValueCase(when: "", value: last.value)]
        }
        if case .rows = value, cases.count > 1, let picked = HandbookTexts.picked(pick) {
            cases.append(ValueCase(when: HandbookTexts.several, value: picked))
        }
        return cases
    }

    private func isElse(_ line: ValueCase) -> Bool {
        line.when.isEmpty || line.when == HandbookTexts.otherwise
    }

    private func lines(of value: Value) -> [ValueCase] {
        switch value {
        case .money(let money): plain(HandbookTexts.yuan(money))
        case .share(let share): plain(HandbookTexts.share(share, self))
        case .count(let count): plain(HandbookTexts.count(count, self))
        case .word(let word): plain(named(word))
        case .words(let words): plain(list(words))
        case .table(let table): lines(of: table)
        case .rows(let rows): rows.flatMap { row in lines(of: row, among: rows.count) }
        case .bands(let bands): lines(of: bands)
        }
    }

    private func plain(_ text: String) -> [ValueCase] { [ValueCase(when: "", value: text)] }

    private func list(_ words: [String]) -> String {
        words.isEmpty ? HandbookTexts.none : words.map(named).joined(separator: HandbookTexts.comma)
    }

    private func lines(of row: Row, among count: Int) -> [ValueCase] {
        let conditions = row.conditions.map(\.words).joined(separator: "，")
        let when = conditions.isEmpty && count > 1 ? HandbookTexts.otherwise : conditions
        return lines(of: row.value).map { joined(when, $0) }
    }

    private func joined(_ when: String, _ line: ValueCase) -> ValueCase {
        let parts = [when, line.when].filter { !$0.isEmpty }
        return ValueCase(when: parts.joined(separator: "，"), value: line.value)
    }

    /// Keys of the same value share a line: 乡镇卫生院、一级医院.
    private func lines(of table: [String: Value]) -> [ValueCase] {
        var groups: [(names: [String], lines: [ValueCase])] = []
        for (key, value) in table.sorted(by: { HandbookTexts.before($0.key, $1.key) }) {
            let lines = lines(of: value)
            let name = HandbookTexts.key(key)
            if let index = groups.firstIndex(where: { $0.lines == lines }) {
                groups[index].names.append(name)
            } else {
                groups.append(([name], lines))
            }
        }
        return groups.flatMap { group in
            group.lines.map { joined(group.names.joined(separator: HandbookTexts.comma), $0) }
        }
    }

    private func lines(of bands: [Band]) -> [ValueCase] {
        var low: Money?
        return bands.map { band in
            defer { low = band.upTo }
            return ValueCase(when: HandbookTexts.band(low, band.upTo), value: band.rate.percent)
        }
    }

    /// A word of this parameter: explained by its own description, else by the texts.
    private func named(_ word: String) -> String {
        legend.words[word] ?? escaped(HandbookTexts.word(word, of: self))
    }

    /// What the figure is called: its description without the words it explains.
    var title: String { legend.title }

    /// Splits "断保按年计还是按月计：years 按年，months 按月" into the title and its words.
    private var legend: (title: String, words: [String: String]) {
        guard let colon = description.firstIndex(of: "：") else { return (description, [:]) }
        var words: [String: String] = [:]
        for entry in description[description.index(after: colon)...].split(separator: "，") {
            guard let space = entry.firstIndex(of: " "),
                entry[..<space].allSatisfy({ $0.isASCII && ($0.isLetter || $0 == "-") })
            else { return (description, [:]) }
            words[String(entry[..<space])] = String(entry[entry.index(after: space)...])
        }
        return (String(description[..<colon]), words)
    }
}
