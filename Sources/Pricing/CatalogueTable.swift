import Vocabulary

extension CatalogueItem {
    static let columns = [
        "med_list_codg", "name", "initials", "spec", "unit", "chrgitm_lv", "selfpay_prop",
        "pric_uplmt_amt", "price", "med_chrgitm_type", "days_per_unit", "valid_from", "flags",
    ]

    /// Reads a county's catalogue table.
    ///
    /// - Throws: ``TableFaults`` with every fault of every row; nothing is taken over then.
    public static func table(csv text: String) throws(TableFaults) -> [CatalogueItem] {
        var seen: Set<String> = []
        return try CSVTable(text, needs: columns).read { field, fault in
            guard let item = CatalogueItem(field, fault) else { return nil }
            if !seen.insert("\(item.code) \(item.validFrom)").inserted {
                fault("med_list_codg", "\(item.code) stands twice from \(item.validFrom)")
            }
            return item
        }
    }

    private init?(_ field: (String) -> String, _ fault: (String, String) -> Void) {
        func read<Value>(_ column: String, _ expected: String, _ make: (String) -> Value?) -> Value?
        {
            let value = make(field(column))
            if value == nil { fault(column, "\"\(field(column))\" is not \(expected)") }
            return value
        }
        let code = read("med_list_codg", "a code") { $0.isEmpty ? nil : $0 }
        let name = read("name", "a name") { $0.isEmpty ? nil : $0 }
        let itemClass = read("chrgitm_lv", "01, 02 or 03", ItemClass.init)
        let share = read("selfpay_prop", "a share from 0 to 1") { Share($0) }
        let price = read("price", "an amount in yuan") { notNegative($0) }
        let limit = read("pric_uplmt_amt", "an amount in yuan or empty") { text -> Money?? in
            text.isEmpty ? .some(nil) : notNegative(text).map { .some($0) }
        }
        let fee = read("med_chrgitm_type", "a fee type 01–14", FeeType.init)
        let from = read("valid_from", "a day like 2025-01-01") { Day($0) }
        guard let code, let name, let itemClass, let share, let price, let limit, let fee, let from
        else { return nil }
        self.init(
            code: code, name: name, itemClass: itemClass, ownShare: share, priceLimit: limit,
            price: price, feeType: fee, validFrom: from)
        initials = field("initials")
        specification = field("spec")
        unit = field("unit")
        daysPerUnit = Int(field("days_per_unit"))
        flags = field("flags").split(separator: ";").map(String.init)
    }
}

private func notNegative(_ text: String) -> Money? {
    Money(yuan: text).flatMap { $0 >= .zero ? $0 : nil }
}

extension Diagnosis {
    /// Reads a table of diagnoses: code, name, initials.
    public static func table(csv text: String) throws(TableFaults) -> [Diagnosis] {
        try CSVTable(text, needs: ["code", "name", "initials"]).read { field, fault in
            guard !field("code").isEmpty, !field("name").isEmpty else {
                fault("code", "code and name are needed")
                return nil
            }
            return Diagnosis(
                code: field("code"), name: field("name"), initials: field("initials"))
        }
    }
}
