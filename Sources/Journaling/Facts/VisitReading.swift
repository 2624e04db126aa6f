import Identifying
import Pricing
import Settling
import Vocabulary

// Visits are nearly all of a year, so they are read field by field.

extension Visit {
    public init(from decoder: any Decoder) throws {
        let fields = try JSONFields(decoder)
        identity = try fields.text("id")
        person = try fields.word("psn", PersonNumber.init(rawValue:))
        assurance = try fields.word("by", Assurance.init(rawValue:))
        scheme = try fields.word("insutype", Scheme.init(rawValue:))
        kind = try fields.word("med_type", VisitKind.init(rawValue:))
        level = try fields.word("lv", InstitutionLevel.init(rawValue:))
        diagnoses = try fields.texts("dx")
        lines = try fields.objects("fee", Line.init(fields:))
        amounts = try Amounts(fields: fields.fields("amt"))
        tenders = try fields.moneys("paid")
        use = try StandingUse(fields: fields.fields("use"))
        given = try Standing(fields: fields.fields("given"))
        overrides = try fields.objects("ovr") { override in
            Override(rule: try override.text("rule"), reason: try override.text("reason"))
        }
        policy = try fields.integer("pol")
        rollAsOf = try fields.instant("roll")
        patient = try fields.optional("who", as: Bill.Patient.self)
        course = try fields.optional("how", as: Bill.Visit.self)
        credential = try fields.optionalInteger("crd")
        rights = try fields.optional("rights", as: VisitRights.self)
        // The tenders say whether there is any, so that a visit without need not be searched.
        settles =
            tenders[Settlement.owedWord] == nil
            ? nil : try fields.optional("ow", as: [OwedSum].self)
        family =
            tenders[Settlement.familyWord] == nil
            ? nil : try fields.optional("fam", as: [FamilyPayment].self)
    }
}

extension Visit.Line {
    fileprivate init(fields: JSONFields) throws {
        code = try fields.text("c")
        quantity = Quantity(tenThousandths: try fields.integer("q", in: Quantity.journaled))
        price = try fields.money("p")
        days = try fields.optionalInteger("d")
        traces = try fields.optional("t", as: [String].self)
    }

    public init(from decoder: any Decoder) throws { try self.init(fields: JSONFields(decoder)) }
}

extension Entry.Header {
    public init(from decoder: any Decoder) throws {
        let fields = try JSONFields(decoder)
        version = try fields.integer("v")
        kiosk = try fields.word("kiosk", KioskID.init(rawValue:))
        sequence = try fields.integer("seq")
        at = try fields.instant("at")
        day = try fields.day("day")
        by = try fields.text("by")
        session = try fields.text("ses")
        kind = try fields.text("kind")
    }
}
