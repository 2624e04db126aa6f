/// Insurance scheme (险种 insutype).
public enum Scheme: String, Codable, Sendable, CaseIterable {
    /// 城乡居民基本医疗保险: residents, paid yearly at a fixed amount.
    case resident = "390"
    /// 职工基本医疗保险: employees, paid monthly with the payroll.
    case employee = "310"
}

/// Kind of visit (医疗类别 med_type).
public enum VisitKind: String, Codable, Sendable, CaseIterable {
    /// 普通门诊.
    case outpatient = "11"
    /// 门诊慢特病: a recognised chronic or serious disease.
    case chronic = "14"
    /// 门诊两病: hypertension and diabetes medicines.
    case twoDiseases = "9901"
    /// 普通住院.
    case inpatient = "2101"
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
public enum Title: String, Codable, Sendable, CaseIterable {
    /// 低保对象.
    case subsistence
    /// 特困人员.
    case destitute
    /// 低收入家庭成员.
    case lowIncome
    /// 重度残疾人, grade 1 or 2.
    case severeDisability
    /// 计生特殊家庭.
    case familyPlanning
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
