import Identifying
import Rules
import Vocabulary

/// What the words of the points, such as "child", mean in this region.
struct AgeGroups {
    private let ranges: [String: AgeRange]

    init(_ table: [String: Parameter.Value]) {
        ranges = table.compactMapValues { value in
            if case .word(let word) = value { AgeRange(word) } else { nil }
        }
    }

    /// A group by its name, or a range written out.
    func range(_ value: String) -> AgeRange? { ranges[value] ?? AgeRange(value) }
}

/// An age from and to, both included: "..17 years", "16..59 years", "..28 days".
struct AgeRange: Hashable {
    private let lowest: Int
    private let highest: Int
    private let inDays: Bool

    init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, ["years", "days"].contains(parts[1]),
            let dots = parts[0].firstRange(of: "..")
        else { return nil }
        let (low, high) = (parts[0][..<dots.lowerBound], parts[0][dots.upperBound...])
        guard low.isEmpty || Int(low) != nil, high.isEmpty || Int(high) != nil,
            !(low.isEmpty && high.isEmpty)
        else { return nil }
        lowest = Int(low) ?? .min
        highest = Int(high) ?? .max
        guard lowest <= highest else { return nil }
        inDays = parts[1] == "days"
    }

    func contains(_ encounter: Encounter) -> Bool {
        let birth = encounter.member.birth
        let age = inDays ? encounter.day.days(since: birth) : encounter.day.age(bornOn: birth)
        return (lowest...highest).contains(age)
    }
}

extension Review {
    /// Whole years, for the sentence.
    var age: String { "\(encounter.day.age(bornOn: encounter.member.birth))" }
}
