import Vocabulary

/// One row of an office's table while it is read, gathering its faults.
struct OfficeRow<Column: OfficeColumn> {
    let number: Int
    let fields: [String]
    let places: [Column: Int]
    let headings: [String]
    var faults: [CatalogueFault] = []

    /// Trimmed text; empty where the table has no such column.
    func text(_ column: Column) -> String {
        places[column].map { trimmed(fields[$0]) } ?? ""
    }

    mutating func fault(
        _ column: Column, _ problem: CatalogueFault.Problem, expected: String = ""
    ) {
        let heading = places[column].map { headings[$0] } ?? column.rawValue
        faults.append(
            CatalogueFault(
                row: number, column: heading, problem, found: text(column), expected: expected))
    }

    /// A field that must be there and good.
    mutating func need<Value>(
        _ column: Column, _ problem: CatalogueFault.Problem, _ make: (String) -> Value?
    ) -> Value? {
        let text = text(column)
        guard !text.isEmpty else {
            fault(column, .empty)
            return nil
        }
        let value = make(text)
        if value == nil { fault(column, problem) }
        return value
    }

    /// A field that may be empty; `nil` also where it is faulty, which is reported.
    mutating func maybe<Value>(
        _ column: Column, _ problem: CatalogueFault.Problem, _ make: (String) -> Value?
    ) -> Value? {
        text(column).isEmpty ? nil : need(column, problem, make)
    }
}

func trimmed(_ text: String) -> String {
    let inner = text.drop { $0.isWhitespace }
    return String(inner.prefix(inner.count - inner.reversed().prefix { $0.isWhitespace }.count))
}

/// A code of any national list: letters, digits, point, hyphen, plus, star, and what ICD adds.
func code(_ text: String) -> String? {
    let good = text.utf8.count <= 50 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    return good && !text.isEmpty && text != "null" ? text : nil
}

/// A day as offices and the national files write it: 2025-01-01, 2025/1/1, 20250101, with or
/// without a time behind, or the day count of a spreadsheet.
func day(_ text: String) -> Day? {
    let date = text.split { $0 == " " || $0 == "T" }.first ?? ""
    let parts = date.split(omittingEmptySubsequences: false) { "-/.".contains($0) }
    if parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]),
        let day = Int(parts[2]), parts[0].count == 4
    {
        return Day(year: year, month: month, day: day)
    }
    guard let number = Int(date), date.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
        return nil
    }
    switch date.count {
    case 8: return Day(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    // Spreadsheets count from 1899-12-30; five digits reach from 1927 to 2173.
    case 5: return Day(number: number - 25_569)
    default: return nil
    }
}

/// "0.1" or "10%".
func share(_ text: String) -> Share? {
    guard text.hasSuffix("%") || text.hasSuffix("％") else { return Share(text) }
    guard let hundredths = Money(yuan: String(text.dropLast())) else { return nil }
    let millionths = hundredths.fen * 100
    return (0...Share.one.millionths).contains(millionths) ? Share(millionths: millionths) : nil
}

func amount(_ text: String) -> Money? {
    Money(yuan: text).flatMap { $0 >= .zero ? $0 : nil }
}
