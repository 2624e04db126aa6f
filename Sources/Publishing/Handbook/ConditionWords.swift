import Rules

extension Condition {
    /// As a clerk says it: "年龄 60 岁及以上", "村卫生室", "低保对象或特困人员".
    var words: String {
        switch test {
        case .anyOf(let words):
            let names = words.map { escaped(HandbookTexts.pattern($0, of: subject)) }
            let alternatives = names.joined(separator: HandbookTexts.comma)
            return HandbookTexts.asked(subject, alternatives)
        case .within(let ranges):
            let names = ranges.map { HandbookTexts.range($0, of: subject) }
            return HandbookTexts.asked(subject, names.joined(separator: HandbookTexts.comma))
        }
    }
}
