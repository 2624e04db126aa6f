/// One fault of an imported file, told by file, row and column so that the clerk can mend it; rows
/// are counted as an editor counts lines.
public struct CatalogueFault: Error, Hashable, Sendable, Codable {
    public var file: String
    /// 0 for a fault of the file as a whole.
    public var row: Int
    /// Heading, or national column number and name.
    public var column: String
    public var problem: Problem
    /// What stands there, cut to a length one can read.
    public var found: String
    /// The figure or the words the problem speaks of: a width, a limit, another row.
    public var expected: String

    public init(
        file: String = "", row: Int, column: String = "", _ problem: Problem, found: String = "",
        expected: String = ""
    ) {
        self.file = file
        self.row = row
        self.column = column
        self.problem = problem
        self.found = String(found.prefix(60))
        self.expected = expected
    }

    /// What is wrong; the sentences and remedies are in the program's table of texts.
    public enum Problem: String, Sendable, Codable, CaseIterable {
        case empty, notACode, notADay, notAShare, notAnAmount, notAClass, notAFeeType, notANumber
        case notAMark, tooLong
        /// Fewer or more fields than the rest of the file, or fewer than the layout reads.
        case width
        case columnMissing, columnTwice
        /// The same code from the same day, saying two things.
        case twice
        case endsBeforeStart
        /// A replaced code needs the last day it was good.
        case replacedWithoutEnd
        case replacedInCircle
        case notUTF8, notATable, noRows
        /// The file does not say which list it is.
        case kindUnknown
        case tooLarge, damaged
        /// An archive with no table in it, or with several.
        case notOneTable
        /// A part of the workbook that no office program writes.
        case suspicious
    }
}

/// All faults of a file at once; nothing of a faulty file is taken over.
public struct CatalogueFaults: Error, Equatable, Sendable {
    public var faults: [CatalogueFault]

    public init(_ faults: [CatalogueFault]) { self.faults = faults }

    init(_ problem: CatalogueFault.Problem, found: String = "", expected: String = "") {
        self.init([CatalogueFault(row: 0, problem, found: found, expected: expected)])
    }
}
