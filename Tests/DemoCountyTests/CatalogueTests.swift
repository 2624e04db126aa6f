import Foundation
import Testing
import Vocabulary

@Suite("The catalogue files")
struct CatalogueTests {
    /// Our files quote nothing, which a test below makes sure of.
    private func rows(_ file: String) throws -> [[String: String]] {
        let path = fixtures + "/catalogue/" + file
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        let header = try #require(lines.first)
        return try lines.dropFirst().map { fields in
            try #require(fields.count == header.count, "\(fields)")
            return Dictionary(uniqueKeysWithValues: zip(header, fields))
        }
    }

    private func fault(in row: [String: String]) -> String? {
        let value = { (column: String) in row[column] ?? "" }
        let code = value("med_list_codg")
        let type = FeeType(rawValue: value("med_chrgitm_type"))
        guard let type, matches(code, codeShape(of: type)) else { return "code" }
        let grade = ItemClass(rawValue: value("chrgitm_lv"))
        guard let grade, shares(of: grade).contains(value("selfpay_prop")) else { return "share" }
        guard isPrice(value("price")) else { return "price" }
        guard value("pric_uplmt_amt").isEmpty || isPrice(value("pric_uplmt_amt")) else {
            return "limit"
        }
        guard matches(value("initials"), /[a-z0-9]+/) else { return "initials" }
        guard !value("name").isEmpty, !value("unit").isEmpty else { return "name or unit" }
        guard Day(value("valid_from")) != nil else { return "valid_from" }
        let days = value("days_per_unit")
        guard days.isEmpty || (Int(days) ?? 0) > 0 else { return "days_per_unit" }
        let flags = Set(value("flags").split(separator: ";"))
        return flags.isSubset(of: ["essential", "central", "restricted", "infusion"])
            ? nil : "flags"
    }

    private func matches(_ text: String, _ shape: Regex<Substring>) -> Bool {
        text.wholeMatch(of: shape) != nil
    }

    private func isPrice(_ text: String) -> Bool {
        matches(text, /[0-9]+\.[0-9]{2}/) && (Money(yuan: text) ?? .zero) > .zero
    }

    private func codeShape(of type: FeeType) -> Regex<Substring> {
        switch type {
        case .westernMedicine: /X[A-Z][0-9]{2}[A-Z]{2}[A-Z][0-9]{3}[A-Z][0-9]{12}/
        case .patentMedicine: /Z[A-Z][0-9]{2}[A-Z]{2}[A-Z][0-9]{13}/
        case .herbalPieces: /T[0-9]{9}/
        case .supplies: /C[0-9]{19}/
        default: /[0-9]{15}/
        }
    }

    private func shares(of grade: ItemClass) -> [String] {
        switch grade {
        case .a: ["0.00"]
        case .b: ["0.05", "0.10", "0.20"]
        case .outside: ["1.00"]
        }
    }

    @Test("have well-formed items without duplicate codes")
    func items() throws {
        let rows = try rows("items.csv")
        #expect((300...400).contains(rows.count))
        for row in rows { #expect(fault(in: row) == nil, "\(row)") }
        #expect(Set(rows.map { $0["med_list_codg"] }).count == rows.count)
    }

    @Test("have one bundled consult fee and a few prices above the limit")
    func prices() throws {
        let rows = try rows("items.csv")
        let consult = rows.filter { $0["med_chrgitm_type"] == "12" }
        #expect(consult.map { $0["name"] } == ["一般诊疗费"])
        #expect(consult.map { $0["price"] } == ["6.00"])
        let above = rows.filter { row in
            guard let limit = Money(yuan: row["pric_uplmt_amt"] ?? "") else { return false }
            return limit < Money(yuan: row["price"] ?? "") ?? .zero
        }
        #expect((3...20).contains(above.count))
    }

    @Test("have well-formed diagnoses without duplicate codes")
    func diagnoses() throws {
        let rows = try rows("diagnoses.csv")
        #expect((250...400).contains(rows.count))
        let shape = /[A-Z][0-9]{2}\.[0-9x]{2,3}(x[0-9]{3})?(\+[A-Z][0-9]{2}\.[0-9]\*)?/
        for row in rows {
            #expect((row["code"] ?? "").wholeMatch(of: shape) != nil, "\(row)")
            #expect(matches(row["initials"] ?? "", /[a-z0-9]+/), "\(row)")
        }
        #expect(Set(rows.map { $0["code"] }).count == rows.count)
        #expect(Set(rows.map { $0["name"] }).count == rows.count)
    }

    @Test("quote nothing", arguments: ["items.csv", "diagnoses.csv"])
    func unquoted(file: String) throws {
        let text = try String(contentsOfFile: fixtures + "/catalogue/" + file, encoding: .utf8)
        #expect(!text.contains("\""))
        #expect(!text.contains("\r"))
    }
}
