import Foundation
import Testing

/// No figure of policy is in Swift: every whole number above one in the steps that follow rules is
/// listed here with what it is, so that an amount, a rate, an age or a number of days cannot slip in.
@Suite struct PolicyFigureTests {
    static let steps = [
        "Pricing", "Checking", "Collecting", "Identifying", "Settling", "Allotting", "Merging",
    ]

    /// File → numbers it may contain, and why they are no policy.
    static let technical: [String: (numbers: Set<Int>, why: String)] = [
        "Standing.swift": (
            [2, 3, 4, 8, 12, 16, 24, 32, 60, 256],
            "halves and length of a name, quarters, months, bits of a hash, bound of input"
        ),
        "Workings.swift": ([8], "room for reasons"),
        "Part.swift": ([100, 10_000], "four decimals of a share"),
        "Bill.swift": ([200, 400, 100_000_000], "bounds of input, far from any limit"),
        "PricingParameters.swift": ([2], "depth of a path, second line of a file"),
        "Amounts.swift": ([2, 3, 4, 5, 6], "places in a list"),
        "Price.swift": ([1_000_000_000], "bound against overflow"),
        "Accounts.swift": ([2], "half a unit"),
        "PayLimit.swift": ([12, 31], "the last day of a year"),
        "Finding.swift": ([2], "order of severities"),
        "StandingCoding.swift": ([9999], "the last year a date can have"),
        "KnowledgeTable.swift": ([3660], "bound of input: ten years"),
        "Window.swift": ([2, 3660], "parts of a text; bound of input: ten years"),
        "AgeGroups.swift": ([2], "parts of a text"),
        "Sanction.swift": ([100, 10_000], "percent"),
        "NationalBatches.swift": ([2, 8, 27], "first row; length of a code"),
        "NationalShapes.swift": (
            [2, 3, 4, 5, 6, 7, 8, 365], "numbers of the batches, words of their tables, a year"
        ),
        "TraceCodeMissing.swift": ([20], "length of a code"),
        "NightSettlement.swift": ([2], "digits of an hour"),
        "ManyCards.swift": ([60], "seconds of a minute"),
        "CardsCollected.swift": ([60], "seconds of a minute"),
        "LevelTooLow.swift": ([2, 3], "order of levels"),
        "AbovePeers.swift": ([2, 100, 1000], "median, percent, per thousand"),
        "Till.swift": (
            [10, 50, 100, 500, 1_000, 2_000, 5_000, 10_000, 100_000], "notes and coins"
        ),
        "Receipt.swift": ([8, 10, 9_999_999_999], "digits of receipt code and number"),
        "Funding.swift": ([2, 200], "percent, half up"),
        "DepositInterest.swift": ([2], "half up"),
        "Identify.swift": ([20], "rows of a list"),
        "CollectionWindow.swift": ([2, 12, 9999], "parts of a date"),
        "Branches.swift": ([2, 3], "codes of standings"),
        "PersonYearWriting.swift": ([256, 512], "bytes kept ready for a text"),
        "ClockWrong.swift": ([60_000], "milliseconds of a minute"),
        "LedgerDigest.swift": ([4, 8, 32, 56], "bytes and words of a hash"),
    ]

    @Test(arguments: steps)
    func `every number in a step that follows rules is known not to be policy`(step: String) {
        let files = TidyTests.files.filter { TidyTests.step(of: $0.path) == step }
        #expect(!files.isEmpty)
        for file in files {
            let name = file.path.split(separator: "/").last.map(String.init) ?? ""
            let allowed = Self.technical[name]?.numbers ?? []
            for (number, line) in file.lines.enumerated() {
                for figure in Self.figures(in: line) where !allowed.contains(figure) {
                    Issue.record("\(file.path):\(number + 1): \(figure) belongs into a parameter")
                }
            }
        }
    }

    @Test func `the search finds what it looks for`() {
        #expect(Self.figures(in: "let limit = Money(fen: 200_000) // 2000") == [200_000])
        #expect(Self.figures(in: "let rate = \"50%\"; x2 = 1 + y.0") == [])
        #expect(Self.figures(in: "age >= 60 ? 90 : 0.65") == [60, 90, 65])
    }

    /// Whole numbers above one outside comments and texts.
    static func figures(in line: String) -> [Int] {
        let code = line.replacing(/"(?:\\.|[^"\\])*"/, with: "").replacing(/\/\/.*/, with: "")
        return code.matches(of: /(?<before>^|[^\w$])(?<digits>\d[\d_]*)/).compactMap { match in
            Int(match.digits.filter { $0 != "_" })
        }.filter { $0 > 1 }
    }

    /// A default of policy beside the reading of a rule would be the same slip elsewhere.
    @Test func `no rule that is not there is replaced by a figure`() {
        for file in TidyTests.files where !file.path.hasPrefix("Tests/") {
            for (number, line) in file.lines.enumerated()
            where line.contains("?.value ??") && !Self.figures(in: line).isEmpty {
                Issue.record("\(file.path):\(number + 1): \(line)")
            }
        }
    }
}
