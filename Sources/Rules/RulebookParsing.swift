import Vocabulary
import Yams

/// One fault in a rule file, told so that the clerk can mend it: file, line, what was expected.
public struct RuleFault: Error, Equatable, Sendable, CustomStringConvertible {
    public let file: String
    public let line: Int
    public let message: String
    public let remedy: String

    public init(file: String, line: Int, message: String, remedy: String) {
        self.file = file
        self.line = line
        self.message = message
        self.remedy = remedy
    }

    public var description: String { "\(file):\(line): \(message); \(remedy)" }
}

/// All faults of a rule set at once, so that one round of mending suffices.
public struct RuleFaults: Error, Equatable, Sendable, CustomStringConvertible {
    public let faults: [RuleFault]

    public init(faults: [RuleFault]) { self.faults = faults }

    public var description: String { faults.map(\.description).joined(separator: "\n") }
}

extension Rulebook {
    /// Reads a region's rule files.
    ///
    /// - Parameter files: path inside the region's folder → text; only ".yaml" files count.
    /// - Throws: ``RuleFaults`` with every fault of every file.
    public static func parse(region: String, files: [String: String]) throws(RuleFaults) -> Rulebook
    {
        let (book, faults) = read(region: region, files: files)
        guard faults.isEmpty else { throw RuleFaults(faults: faults) }
        return book
    }

    /// Reads what can be read, and says what could not.
    public static func read(region: String, files: [String: String]) -> (Rulebook, [RuleFault]) {
        var parameters: [Parameter] = []
        var faults: [RuleFault] = []
        for (file, text) in files.sorted(by: { $0.key < $1.key }) where file.hasSuffix(".yaml") {
            var reader = ParameterReader(file: file)
            if let parameter = reader.read(text) { parameters.append(parameter) }
            faults += reader.faults
        }
        if files.keys.allSatisfy({ !$0.hasSuffix(".yaml") }) {
            faults.append(
                RuleFault(
                    file: region, line: 1, message: "no rule file here",
                    remedy: "name the folder that holds 390/ and 310/"))
        }
        return (Rulebook(region: region, parameters: parameters), faults)
    }
}
