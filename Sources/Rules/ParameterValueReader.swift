import Vocabulary
import Yams

// Reading what stands after `value:`: a figure, a table by key, rows with conditions, or bands.
extension ParameterReader {
    mutating func read(_ node: Node, unit: Parameter.Unit) -> Parameter.Value? {
        if let sequence = node.sequence { return read(sequence, node, unit) }
        if let mapping = node.mapping {
            var table: [String: Parameter.Value] = [:]
            for (key, row) in mapping {
                guard let key = key.string, let value = read(row, unit: unit) else { return nil }
                table[key] = value
            }
            return .table(table)
        }
        let text = node.scalar?.string ?? ""
        guard let value = Parameter.Value(text, unit: unit) else {
            return fault(line(node), "\"\(text)\" is not \(unit.expectation)", unit.remedy)
        }
        return value
    }

    private mutating func read(
        _ sequence: Node.Sequence, _ node: Node, _ unit: Parameter.Unit
    ) -> Parameter.Value? {
        let entries = sequence.compactMap(\.mapping)
        if entries.isEmpty {
            let words = sequence.compactMap(\.scalar?.string)
            guard unit == .word, words.count == sequence.count else {
                return fault(line(node), "a list holds words only", "set unit: word")
            }
            return .words(words)
        }
        guard entries.count == sequence.count else {
            return fault(
                line(node), "rows and plain words are mixed", "write every row as - value:")
        }
        return entries.contains { $0["up_to"] != nil }
            ? bands(entries, node, unit) : rows(entries, unit)
    }

    // MARK: Rows

    private mutating func rows(_ entries: [Node.Mapping], _ unit: Parameter.Unit)
        -> Parameter.Value?
    {
        var rows: [Parameter.Row] = []
        for entry in entries {
            rejectUnknownKeys(in: entry, allowed: ["when", "value"])
            guard let node = entry["value"] else {
                return fault(line(entry.first?.key), "no value in this row", "write value:")
            }
            guard let value = read(node, unit: unit) else { return nil }
            rows.append(Parameter.Row(when: conditions(entry), value))
        }
        return faults.isEmpty ? .rows(rows) : nil
    }

    private mutating func conditions(_ entry: Node.Mapping) -> [Condition] {
        guard let node = entry["when"] else { return [] }
        guard let mapping = node.mapping else {
            fault(line(node), "when: is a mapping", "write when: {level: village}")
            return []
        }
        return mapping.compactMap { key, value in
            guard let subject = key.string.flatMap(Subject.init) else {
                let known = Subject.allCases.map(\.rawValue).joined(separator: ", ")
                return fault(
                    line(key), "nobody is asked about \"\(key.string ?? "?")\"",
                    "subjects are \(known)")
            }
            return condition(subject, value)
        }
    }

    private mutating func condition(_ subject: Subject, _ node: Node) -> Condition? {
        let words = node.sequence?.compactMap(\.scalar?.string) ?? [node.scalar?.string ?? ""]
        guard subject.isNumber else {
            guard !words.isEmpty, words.allSatisfy({ !$0.isEmpty }) else {
                return fault(
                    line(node), "\(subject.rawValue) has no value", "name a word or a list")
            }
            return Condition(subject, .anyOf(words))
        }
        let ranges = words.compactMap(bounds)
        guard !ranges.isEmpty, ranges.count == words.count else {
            return fault(
                line(node), "\"\(words.joined(separator: ", "))\" is no range of whole numbers",
                "write 60.., ..17, 18..59 or 2, or a list of them")
        }
        return Condition(subject, .within(ranges))
    }

    private func bounds(_ text: String) -> Condition.Bounds? {
        guard let dots = text.firstRange(of: "..") else {
            return Int(text).map { Condition.Bounds($0, $0) }
        }
        let (low, high) = (text[..<dots.lowerBound], text[dots.upperBound...])
        guard low.isEmpty || Int(low) != nil, high.isEmpty || Int(high) != nil,
            !low.isEmpty || !high.isEmpty, Int(low) ?? .min <= Int(high) ?? .max
        else { return nil }
        return Condition.Bounds(Int(low), Int(high))
    }

    // MARK: Bands

    private mutating func bands(
        _ entries: [Node.Mapping], _ node: Node, _ unit: Parameter.Unit
    ) -> Parameter.Value? {
        guard unit == .share else {
            return fault(line(node), "bands are rates", "set unit: share")
        }
        var bands: [Parameter.Band] = []
        for entry in entries {
            rejectUnknownKeys(in: entry, allowed: ["up_to", "value"])
            guard let rate = entry["value"]?.string.flatMap({ Share($0) }) else {
                return fault(line(entry.first?.key), "a band without a rate", "write value: 0.60")
            }
            var bound: Money?
            if let text = entry["up_to"]?.string {
                guard let money = Money(yuan: text), money > .zero else {
                    return fault(line(entry["up_to"]), "\"\(text)\" is no amount", "write 50000.00")
                }
                bound = money
            }
            if let last = bands.last, !(last.upTo ?? .largest < bound ?? .largest) {
                return fault(
                    line(entry.first?.key), "this band does not begin after the one before",
                    "sort by up_to and leave it out of the last band only")
            }
            bands.append(Parameter.Band(upTo: bound, rate))
        }
        return .bands(bands)
    }
}

extension Parameter.Value {
    init?(_ text: String, unit: Parameter.Unit) {
        switch unit {
        case .yuan:
            guard let money = Money(yuan: text), money >= .zero else { return nil }
            self = .money(money)
        case .share:
            guard let share = Share(text) else { return nil }
            self = .share(share)
        case .count, .days, .months, .years, .hours, .workingDays:
            guard let count = Int(text), (0...100_000).contains(count) else { return nil }
            self = .count(count)
        case .word:
            guard !text.isEmpty else { return nil }
            self = .word(text)
        case .monthDay:
            guard Day("2024-" + text) != nil else { return nil }
            self = .word(text)
        }
    }
}

extension Parameter.Unit {
    var expectation: String {
        switch self {
        case .yuan: "an amount in yuan"
        case .share: "a share between 0 and 1"
        case .count, .days, .months, .years, .hours, .workingDays: "a whole number"
        case .word: "a word"
        case .monthDay: "a day of the year"
        }
    }

    var remedy: String {
        switch self {
        case .yuan: "write it with at most two decimals, such as 300.00"
        case .share: "write 0.50 for 50 %"
        case .count, .days, .months, .years, .hours, .workingDays: "write it without decimals"
        case .word: "write the name of the choice"
        case .monthDay: "write month and day, such as 09-01"
        }
    }
}
