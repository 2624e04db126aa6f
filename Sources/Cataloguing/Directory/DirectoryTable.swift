import Vocabulary

/// Columns of a list that an office has as a table instead of the national download.
enum DirectoryColumn: String, OfficeColumn {
    case code, name
    case alias, specification, unit, maker, from, to, mnemonic, restriction

    var headings: [String] {
        switch self {
        case .code:
            [
                "code", "code15", "med_list_codg", "opsp_dise_cod", "医疗目录编码", "医保目录编码",
                "国家医保编码", "医保编码", "药品代码", "门慢门特病种目录代码", "病种编码", "编码", "代码",
            ]
        case .name:
            [
                "name", "generic_name", "注册名称", "药品名称", "药品通用名", "通用名", "项目名称",
                "医疗服务项目名称", "耗材名称", "单味药名称", "病种名称", "门慢门特病种名称", "名称",
            ]
        case .alias: ["alias", "商品名", "药品商品名", "别名"]
        case .specification: ["specification", "规格", "注册规格", "规格型号"]
        case .unit: ["unit", "单位", "计价单位", "最小包装单位"]
        case .maker: ["manufacturer", "生产企业", "生产企业名称", "厂家"]
        case .from: ["valid_from", "开始日期", "生效日期"]
        case .to: ["valid_to", "结束日期", "失效日期"]
        case .mnemonic: ["initials", "拼音码", "拼音助记码", "助记码"]
        case .restriction: ["restriction", "限制使用范围", "限定支付范围"]
        }
    }

    var isNeeded: Bool { self == .code || self == .name }
}

extension DirectoryEntry {
    /// Reads a list from an office's table.
    ///
    /// - Throws: ``CatalogueFaults`` with every fault of every row.
    static func table(_ table: OfficeTable) throws(CatalogueFaults) -> [DirectoryEntry] {
        var seen: [String: Int] = [:]
        return try table.read(DirectoryColumn.self) { row -> DirectoryEntry? in
            let code = row.need(.code, .notACode, Cataloguing.code)
            let name = row.need(.name, .empty) { $0 }
            let from = row.maybe(.from, .notADay, day)
            let to = row.maybe(.to, .notADay, day)
            guard let code, let name else { return nil }
            let key = code + (from.map { " \($0)" } ?? "")
            if let before = seen.updateValue(row.number, forKey: key) {
                row.fault(.code, .twice, expected: "\(before)")
            }
            if let from, let to, to < from { row.fault(.to, .endsBeforeStart) }
            var entry = DirectoryEntry(code: code, name: flat(name))
            let alias = flat(row.text(.alias))
            if !alias.isEmpty, alias != name { entry.aliases = [alias] }
            entry.specification = flat(row.text(.specification))
            entry.unit = flat(row.text(.unit))
            entry.maker = flat(row.text(.maker))
            (entry.validFrom, entry.validTo) = (from, to)
            entry.mnemonic = flat(row.text(.mnemonic)).lowercased()
            entry.restriction = flat(row.text(.restriction))
            if entry.line.utf8.count > DirectoryEntry.mostBytes { row.fault(.name, .tooLong) }
            return entry
        }
    }
}

/// A cell may hold line breaks and tabs, a line of the directory may not.
private func flat(_ text: String) -> String {
    String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
}
