/// A list of the national catalogue (医保目录), by the number of the transaction that downloads it.
public enum ListKind: String, Sendable, Codable, CaseIterable {
    /// 西药中成药.
    case drugs = "1301"
    /// 中药饮片.
    case herbalPieces = "1302"
    /// 医疗机构制剂.
    case preparations = "1303"
    /// 医疗服务项目.
    case services = "1305"
    /// 医用耗材.
    case supplies = "1306"
    /// 疾病与诊断 (ICD-10).
    case diseases = "1307"
    /// 手术操作 (ICD-9-CM-3).
    case operations = "1308"
    /// 门诊慢特病种.
    case chronicDiseases = "1309"
    /// 按病种付费病种.
    case payByDisease = "1310"
    /// 日间手术治疗病种.
    case daySurgery = "1311"
    /// 中医疾病.
    case chineseDiseases = "1314"
    /// 中医证候.
    case chineseSyndromes = "1315"
    /// 中药配方颗粒.
    case granules = "1320"
    /// 医疗服务项目（新）.
    case newServices = "1321"

    /// What a list is used for.
    public enum Use: Sendable {
        /// Can stand on a bill.
        case charged
        /// Can be a diagnosis of a visit.
        case diagnosis
        /// Only looked up.
        case named
    }

    public var use: Use {
        switch self {
        case .drugs, .herbalPieces, .preparations, .services, .supplies, .granules, .newServices:
            .charged
        case .diseases, .chineseDiseases, .chineseSyndromes: .diagnosis
        case .operations, .chronicDiseases, .payByDisease, .daySurgery: .named
        }
    }

    /// Lists of things that stand on a bill, in the order a village clinic wants them found.
    public static let charged: [ListKind] = [
        .drugs, .herbalPieces, .granules, .preparations, .services, .newServices, .supplies,
    ]
}
