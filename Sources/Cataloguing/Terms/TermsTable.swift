import Vocabulary

extension CatalogueItem {
    /// Reads a county's catalogue table from CSV.
    ///
    /// - Throws: ``CatalogueFaults`` with every fault of every row; nothing is taken over then.
    public static func table(csv text: String) throws(CatalogueFaults) -> [CatalogueItem] {
        try table(try OfficeTable(csv: text))
    }

    /// Reads a county's catalogue table: one row for an item's terms from a day on.
    public static func table(_ table: OfficeTable) throws(CatalogueFaults) -> [CatalogueItem] {
        var seen: [String: Int] = [:]
        var rows: [String: Int] = [:]
        let items = try table.read(TermsColumn.self) { row -> CatalogueItem? in
            guard let item = CatalogueItem(&row) else { return nil }
            if let before = seen.updateValue(row.number, forKey: "\(item.code) \(item.validFrom)") {
                row.fault(.code, .twice, expected: "\(before)")
            }
            rows[item.code] = row.number
            return item
        }
        let circles = Set(items.filter { $0.replacedBy != nil }.map(\.code))
            .filter { Catalogue.isCircle(from: $0, items) }
        guard circles.isEmpty else {
            throw CatalogueFaults(
                circles.sorted().map {
                    CatalogueFault(
                        row: rows[$0] ?? 0, column: TermsColumn.replacedBy.rawValue,
                        .replacedInCircle, found: $0)
                })
        }
        return items
    }

    private init?(_ row: inout OfficeRow<TermsColumn>) {
        let code = row.need(.code, .notACode, Cataloguing.code)
        let name = row.need(.name, .empty) { $0 }
        let itemClass = row.need(.itemClass, .notAClass, ItemClass.init(word:))
        let own = row.need(.ownShare, .notAShare, share)
        let price = row.need(.price, .notAnAmount, amount)
        let fee = row.need(.feeType, .notAFeeType, FeeType.init(word:))
        let from = row.need(.from, .notADay, day)
        let limit = row.maybe(.limit, .notAnAmount, amount)
        guard let code, let name, let itemClass, let own, let price, let fee, let from else {
            return nil
        }
        self.init(
            code: code, name: name, itemClass: itemClass, ownShare: own, priceLimit: limit,
            price: price, feeType: fee, validFrom: from)
        initials = row.text(.initials)
        specification = row.text(.specification)
        unit = row.text(.unit)
        daysPerUnit = row.maybe(.days, .notANumber) { Int($0).flatMap { $0 > 0 ? $0 : nil } }
        readDifferences(&row)
        readRestriction(&row)
        readEnd(&row)
        readMarks(&row)
    }

    private mutating func readDifferences(_ row: inout OfficeRow<TermsColumn>) {
        for (scheme, column) in [
            (Scheme.employee, TermsColumn.ownShareEmployee), (.resident, .ownShareResident),
        ] {
            ownShares[scheme] = row.maybe(column, .notAShare, share)
        }
        for (level, column) in [
            (InstitutionLevel.village, TermsColumn.limitVillage), (.township, .limitTownship),
            (.first, .limitFirst), (.second, .limitSecond), (.third, .limitThird),
        ] {
            priceLimits[level] = row.maybe(column, .notAnAmount, amount)
        }
    }

    private mutating func readRestriction(_ row: inout OfficeRow<TermsColumn>) {
        restriction = row.text(.restriction)
        if restriction.count > CatalogueItem.longestRestriction {
            row.fault(.restriction, .tooLong, expected: "\(CatalogueItem.longestRestriction)")
        }
        restrictedTo = row.text(.restrictedTo).split { ";；,， ".contains($0) }.map(String.init)
        if restrictedTo.contains(where: { Cataloguing.code($0) == nil }) {
            row.fault(.restrictedTo, .notACode)
        }
    }

    private mutating func readEnd(_ row: inout OfficeRow<TermsColumn>) {
        validTo = row.maybe(.to, .notADay, day)
        if let last = validTo, last < validFrom { row.fault(.to, .endsBeforeStart) }
        replacedBy = row.maybe(.replacedBy, .notACode, Cataloguing.code)
        if replacedBy != nil, validTo == nil { row.fault(.replacedBy, .replacedWithoutEnd) }
    }

    private mutating func readMarks(_ row: inout OfficeRow<TermsColumn>) {
        flags = row.text(.flags).split { ";；".contains($0) }.map(String.init)
        for (mark, column) in [
            (Mark.essential, TermsColumn.essential), (.central, .central),
            (.negotiated, .negotiated), (.special, .special),
        ] where row.maybe(column, .notAMark, yes) == true && !has(mark) {
            flags.append(mark.rawValue)
        }
    }

    /// Longer texts are whole articles pasted into a cell.
    static let longestRestriction = 500
}

extension Catalogue {
    /// Whether following the replaced codes from here comes back or never ends.
    static func isCircle(from code: String, _ items: [CatalogueItem]) -> Bool {
        let next = Dictionary(
            items.compactMap { item in item.replacedBy.map { (item.code, $0) } },
            uniquingKeysWith: { $1 })
        var code = code
        for _ in 0...mostReplacements {
            guard let after = next[code] else { return false }
            code = after
        }
        return true
    }
}

/// 1, 是, 有; 0, 否, 无.
func yes(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "1", "是", "有", "y", "√", "true": true
    case "0", "否", "无", "n", "×", "false": false
    default: nil
    }
}

extension ItemClass {
    /// The national code, or the word offices write.
    init?(word: String) {
        switch word {
        case "01", "1", "甲", "甲类": self = .a
        case "02", "2", "乙", "乙类": self = .b
        case "03", "3", "丙", "丙类", "自费", "目录外": self = .outside
        default: return nil
        }
    }
}

extension FeeType {
    /// The national code, or the word on the receipt.
    init?(word: String) {
        let number = word.count == 1 ? "0" + word : word
        if let known = FeeType(rawValue: number) {
            self = known
            return
        }
        let plain = word.hasSuffix("费") ? String(word.dropLast()) : word
        switch plain {
        case "床位": self = .bed
        case "诊察", "诊查": self = .consultation
        case "检查": self = .examination
        case "化验", "检验": self = .laboratory
        case "治疗": self = .treatment
        case "手术": self = .surgery
        case "护理": self = .nursing
        case "卫生材料", "材料", "耗材": self = .supplies
        case "西药": self = .westernMedicine
        case "中药饮片", "中草药", "草药": self = .herbalPieces
        case "中成药": self = .patentMedicine
        case "一般诊疗": self = .generalConsult
        case "挂号": self = .registration
        case "其他": self = .other
        default: return nil
        }
    }
}
