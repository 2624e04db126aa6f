import Foundation
import Vocabulary

/// A Chinese text with the pinyin initials a doctor types to find it.
public struct Spelled: Hashable, Sendable {
    public let text: String
    public let initials: String

    public init(_ text: String, _ initials: String) {
        self.text = text
        self.initials = initials
    }

    static func + (a: Spelled, b: Spelled) -> Spelled {
        Spelled(a.text + b.text, a.initials + b.initials)
    }
}

/// What is wrong with the text files the county is made from.
public enum FixtureFault: Error, Equatable {
    case unreadable(path: String)
    case malformed(file: String, line: String)
}

/// The surnames, given-name characters, townships and villages of the invented county.
public struct NameBook: Sendable {
    let surnames: Weighted<Spelled>
    let given: [[Spelled]]
    let townships: [(division: String, name: Spelled)]
    let villages: [Spelled]

    /// Reads the four text files in `fixtures`/county.
    public init(fixtures: String) throws(FixtureFault) {
        let folder = fixtures + "/county/"
        surnames = Weighted(
            try NameBook.rows(folder + "surnames.txt", fields: 3) { row in
                Int(row[2]).map { (Spelled(row[0], row[1]), $0) }
            })
        given = try NameBook.givenNames(folder + "given-names.txt")
        townships = try NameBook.rows(folder + "townships.txt", fields: 3) { row in
            (row[0], Spelled(row[1], row[2]))
        }
        villages = try NameBook.rows(folder + "villages.txt", fields: 2) { row in
            Spelled(row[0], row[1])
        }
    }

    private static func givenNames(_ path: String) throws(FixtureFault) -> [[Spelled]] {
        let rows = try rows(path, fields: 4) { row in
            slot(generation: row[0], sex: row[1]).map { ($0, Spelled(row[2], row[3])) }
        }
        var lists = Array(repeating: [Spelled](), count: generations.count * 2)
        for (slot, name) in rows { lists[slot].append(name) }
        guard lists.allSatisfy({ $0.count > 1 }) else {
            throw .malformed(file: path, line: "a generation has no names")
        }
        return lists
    }

    private static func rows<Row>(
        _ path: String, fields: Int, _ read: ([String]) -> Row?
    ) throws(FixtureFault) -> [Row] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw .unreadable(path: path)
        }
        var rows: [Row] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: " ").map(String.init)
            guard parts.count == fields, let row = read(parts) else {
                throw .malformed(file: path, line: String(line))
            }
            rows.append(row)
        }
        return rows
    }
}

extension NameBook {
    private static let generations = ["old", "middle", "young", "child"]

    private static func slot(generation: String, sex: String) -> Int? {
        guard let index = generations.firstIndex(of: generation), sex == "male" || sex == "female"
        else { return nil }
        return index * 2 + (sex == "male" ? 0 : 1)
    }

    /// Names go by fashion: the characters of a given name tell the decade of birth.
    func givenName(
        sex: Sex, bornIn year: Int, _ chance: inout SeededGenerator
    ) -> Spelled {
        let generation = year < 1960 ? 0 : year < 1985 ? 1 : year < 2005 ? 2 : 3
        let characters = given[generation * 2 + (sex == .male ? 0 : 1)]
        let last = chance.below(characters.count)
        guard chance.chance(8_600) else { return characters[last] }
        let offset = 1 + chance.below(characters.count - 1)
        return characters[(last + offset) % characters.count] + characters[last]
    }

    func fullName(
        _ surname: Spelled, sex: Sex, bornIn year: Int, _ chance: inout SeededGenerator
    ) -> Spelled {
        surname + givenName(sex: sex, bornIn: year, &chance)
    }
}
