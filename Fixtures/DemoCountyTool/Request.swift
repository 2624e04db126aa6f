import DemoCounty
import Vocabulary

/// What the command line asks for.
struct Request {
    var seed: UInt64 = 2026
    var day: Day?
    var out = ""
    var fixtures = "Fixtures"
    /// Only the first so many people, for tests.
    var people = Int.max

    static let help = """
        demo-county: writes the invented county 青溪县 for demonstrations and tests.

        USAGE: demo-county --day YYYY-MM-DD --out DIR [--seed N] [--people N] [--fixtures DIR]

          --day       the day the roll is made for; ages and payments follow from it
          --out       directory for people.ndjson, institutions.csv and operators.csv
          --seed      a whole number; the same seed gives the same county (2026)
          --people    only the first N people, for a quick look
          --fixtures  directory with county/*.txt (Fixtures)
          --help      this text
        """

    /// A sentence for the person at the terminal.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    init(_ arguments: [String]) throws(Refusal) {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            guard let value = rest.popFirst() else {
                throw Refusal(description: "\(option) is no option or lacks its value.")
            }
            try set(option, to: value)
        }
        guard day != nil else { throw Refusal(description: "--day is missing.") }
        guard !out.isEmpty else { throw Refusal(description: "--out is missing.") }
    }

    private mutating func set(_ option: String, to value: String) throws(Refusal) {
        switch option {
        case "--seed":
            guard let seed = UInt64(value) else {
                throw Refusal(description: "--seed wants a whole number, not \"\(value)\".")
            }
            self.seed = seed
        case "--day":
            guard let day = Day(value), Figures.years.contains(day.year) else {
                throw Refusal(
                    description: "--day wants a day like 2026-11-22 from 2020 to 2060, "
                        + "not \"\(value)\".")
            }
            self.day = day
        case "--people":
            guard let people = Int(value), people > 0 else {
                throw Refusal(description: "--people wants a whole number, not \"\(value)\".")
            }
            self.people = people
        case "--out": out = value
        case "--fixtures": fixtures = value
        default: throw Refusal(description: "There is no option \(option).")
        }
    }
}
