/// Insurance scheme (险种 insutype).
public enum Scheme: String, Codable, Sendable, CaseIterable {
    /// 城乡居民基本医疗保险: residents, paid yearly at a fixed amount.
    case resident = "390"
    /// 职工基本医疗保险: employees, paid monthly with the payroll.
    case employee = "310"
}

/// Kind of visit (医疗类别 med_type): the national code, as any pool writes it.
///
/// Which benefit a kind falls under is policy, not code.
public struct VisitKind: RawRepresentable, Hashable, Sendable, Codable {
    public let rawValue: String

    /// `nil` for anything but the two to six digits of a national code.
    public init?(rawValue: String) {
        guard (2...6).contains(rawValue.utf8.count),
            rawValue.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self.rawValue = rawValue
    }

    private init(code: String) { rawValue = code }

    /// 普通门诊.
    public static let outpatient = VisitKind(code: "11")
    /// 门诊慢特病: a recognised chronic or serious disease.
    public static let chronic = VisitKind(code: "14")
    /// 门诊两病: hypertension and diabetes medicines.
    public static let twoDiseases = VisitKind(code: "9901")
    /// 普通住院.
    public static let inpatient = VisitKind(code: "2101")
    /// 单病种住院: paid by the case.
    public static let caseInpatient = VisitKind(code: "2102")

    /// 住院: codes that begin with 21, and 日间手术 28.
    public var isAdmission: Bool { rawValue.hasPrefix("21") || rawValue == "28" }
}

/// Level of the institution (hosp_lv at our border).
public enum InstitutionLevel: String, Codable, Sendable, CaseIterable {
    case village, township
    case first = "1"
    case second = "2"
    case third = "3"
}

/// Class of a charged item (收费项目等级 chrgitm_lv).
public enum ItemClass: String, Codable, Sendable, CaseIterable {
    /// 甲类: enters the scope whole.
    case a = "01"
    /// 乙类: the person bears an own share first.
    case b = "02"
    /// 丙类: outside the catalogue, all by the person.
    case outside = "03"
}

/// Fee class of a line on the receipt (医疗收费项目类别 med_chrgitm_type).
public enum FeeType: String, Codable, Sendable, CaseIterable {
    case bed = "01"
    case consultation = "02"
    case examination = "03"
    case laboratory = "04"
    case treatment = "05"
    case surgery = "06"
    case nursing = "07"
    case supplies = "08"
    case westernMedicine = "09"
    case herbalPieces = "10"
    case patentMedicine = "11"
    /// 一般诊疗费: the bundled fee of basic-level institutions.
    case generalConsult = "12"
    case registration = "13"
    case other = "14"
}

/// Sex (性别 gend).
public enum Sex: String, Codable, Sendable {
    case male = "1"
    case female = "2"
}

/// A title that changes what a person pays or receives (人员身份).
///
/// A region may know titles of its own; their names stand in its rules.
public struct Title: RawRepresentable, Hashable, Sendable, Codable {
    public let rawValue: String

    /// `nil` for anything but one to forty letters and digits.
    public init?(rawValue: String) {
        guard (1...40).contains(rawValue.utf8.count),
            rawValue.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return nil }
        self.rawValue = rawValue
    }

    private init(_ rawValue: String) { self.rawValue = rawValue }

    /// 低保对象.
    public static let subsistence = Title("subsistence")
    /// 特困人员.
    public static let destitute = Title("destitute")
    /// 低收入家庭成员.
    public static let lowIncome = Title("lowIncome")
    /// 重度残疾人, grade 1 or 2.
    public static let severeDisability = Title("severeDisability")
    /// 计生特殊家庭.
    public static let familyPlanning = Title("familyPlanning")
    /// 孤儿.
    public static let orphan = Title("orphan")
    /// 返贫致贫监测对象（三类户）.
    public static let monitored = Title("monitored")
    /// 低保边缘家庭成员.
    public static let subsistenceMargin = Title("subsistenceMargin")
    /// 残疾人, grade 3 or 4.
    public static let milderDisability = Title("milderDisability")
    /// 在校学生.
    public static let student = Title("student")
}

/// How a person pays the own part.
public enum Tender: String, Codable, Sendable, CaseIterable {
    case cash
    /// Personal account (个人账户).
    case account
    /// Bank card or phone payment on the clinic's own terminal.
    case bankCard
}

/// What an operator may do; one post a person (岗位).
public enum Role: String, Codable, Sendable, CaseIterable {
    case villageDoctor, townshipCollector, countyClerk, auditor, administrator
}
