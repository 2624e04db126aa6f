import Vocabulary

// As a row of the bulletin: what is empty is left out, since a catalogue has thousands of rows and
// travels to every clinic.
extension CatalogueItem: Codable {
    enum CodingKeys: String, CodingKey {
        case code = "med_list_codg"
        case name, initials
        case specification = "spec"
        case unit
        case itemClass = "chrgitm_lv"
        case ownShare = "selfpay_prop"
        case ownShares = "selfpay_prop_by_insutype"
        case priceLimit = "pric_uplmt_amt"
        case priceLimits = "pric_uplmt_by_hosp_lv"
        case price = "pric"
        case feeType = "med_chrgitm_type"
        case daysPerUnit = "days_per_unit"
        case restriction = "lmt_usescp"
        case restrictedTo = "lmt_dise"
        case validFrom = "valid_from"
        case validTo = "valid_to"
        case replacedBy = "replaced_by"
        case flags
    }

    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            code: try row.decode(String.self, forKey: .code),
            name: try row.decode(String.self, forKey: .name),
            itemClass: try row.decode(ItemClass.self, forKey: .itemClass),
            ownShare: try row.decode(Share.self, forKey: .ownShare),
            priceLimit: try row.decodeIfPresent(Money.self, forKey: .priceLimit),
            price: try row.decode(Money.self, forKey: .price),
            feeType: try row.decode(FeeType.self, forKey: .feeType),
            validFrom: try row.decode(Day.self, forKey: .validFrom))
        initials = try row.decodeIfPresent(String.self, forKey: .initials) ?? ""
        specification = try row.decodeIfPresent(String.self, forKey: .specification) ?? ""
        unit = try row.decodeIfPresent(String.self, forKey: .unit) ?? ""
        ownShares = try byCode(row.decodeIfPresent([String: Share].self, forKey: .ownShares))
        priceLimits = try byCode(row.decodeIfPresent([String: Money].self, forKey: .priceLimits))
        daysPerUnit = try row.decodeIfPresent(Int.self, forKey: .daysPerUnit)
        restriction = try row.decodeIfPresent(String.self, forKey: .restriction) ?? ""
        restrictedTo = try row.decodeIfPresent([String].self, forKey: .restrictedTo) ?? []
        validTo = try row.decodeIfPresent(Day.self, forKey: .validTo)
        replacedBy = try row.decodeIfPresent(String.self, forKey: .replacedBy)
        flags = try row.decodeIfPresent([String].self, forKey: .flags) ?? []
    }

    public func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: CodingKeys.self)
        func put<Value: Encodable & Collection>(_ value: Value, _ key: CodingKeys) throws {
            if !value.isEmpty { try row.encode(value, forKey: key) }
        }
        try row.encode(code, forKey: .code)
        try row.encode(name, forKey: .name)
        try put(initials, .initials)
        try put(specification, .specification)
        try put(unit, .unit)
        try row.encode(itemClass, forKey: .itemClass)
        try row.encode(ownShare, forKey: .ownShare)
        try put(byRawValue(ownShares), .ownShares)
        try row.encodeIfPresent(priceLimit, forKey: .priceLimit)
        try put(byRawValue(priceLimits), .priceLimits)
        try row.encode(price, forKey: .price)
        try row.encode(feeType, forKey: .feeType)
        try row.encodeIfPresent(daysPerUnit, forKey: .daysPerUnit)
        try put(restriction, .restriction)
        try put(restrictedTo, .restrictedTo)
        try row.encode(validFrom, forKey: .validFrom)
        try row.encodeIfPresent(validTo, forKey: .validTo)
        try row.encodeIfPresent(replacedBy, forKey: .replacedBy)
        try put(flags, .flags)
    }
}

/// Codes this software does not know are an error: a limit passed over would be money given away.
private func byCode<Code: RawRepresentable<String> & Hashable & Decodable, Value>(
    _ values: [String: Value]?
) throws -> [Code: Value] {
    var result: [Code: Value] = [:]
    for (text, value) in values ?? [:] {
        guard let code = Code(rawValue: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "\"\(text)\" is no \(Code.self)"))
        }
        result[code] = value
    }
    return result
}

private func byRawValue<Code: RawRepresentable<String>, Value>(
    _ values: [Code: Value]
) -> [String: Value] {
    Dictionary(values.map { ($0.key.rawValue, $0.value) }) { first, _ in first }
}
