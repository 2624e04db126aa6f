import Vocabulary

/// Columns of a table of diagnoses.
enum DiagnosisColumn: String, OfficeColumn {
    case code, name, initials

    var headings: [String] {
        switch self {
        case .code: ["code", "诊断代码", "诊断编码", "疾病编码", "疾病代码", "编码", "代码", "diag_code"]
        case .name: ["name", "诊断名称", "疾病名称", "名称", "diag_name"]
        case .initials: ["initials", "拼音码", "拼音助记码", "助记码"]
        }
    }

    var isNeeded: Bool { self != .initials }
}

extension Diagnosis {
    /// Reads a table of diagnoses from CSV: code, name and, where there are any, pinyin initials.
    ///
    /// - Throws: ``CatalogueFaults`` with every fault of every row.
    public static func table(csv text: String) throws(CatalogueFaults) -> [Diagnosis] {
        try table(try OfficeTable(csv: text))
    }

    public static func table(_ table: OfficeTable) throws(CatalogueFaults) -> [Diagnosis] {
        var seen: [String: Int] = [:]
        return try table.read(DiagnosisColumn.self) { row -> Diagnosis? in
            let code = row.need(.code, .notACode, Cataloguing.code)
            let name = row.need(.name, .empty) { $0 }
            guard let code, let name else { return nil }
            if let before = seen.updateValue(row.number, forKey: code) {
                row.fault(.code, .twice, expected: "\(before)")
            }
            return Diagnosis(code: code, name: name, initials: row.text(.initials))
        }
    }
}
