/// The columns of a county's own catalogue table, by our names and the headings offices use.
enum TermsColumn: String, OfficeColumn {
    case code = "med_list_codg"
    case name, initials
    case specification = "spec"
    case unit
    case itemClass = "chrgitm_lv"
    case ownShare = "selfpay_prop"
    case ownShareEmployee = "selfpay_prop_310"
    case ownShareResident = "selfpay_prop_390"
    case limit = "pric_uplmt_amt"
    case limitVillage = "pric_uplmt_village"
    case limitTownship = "pric_uplmt_township"
    case limitFirst = "pric_uplmt_1"
    case limitSecond = "pric_uplmt_2"
    case limitThird = "pric_uplmt_3"
    case price
    case feeType = "med_chrgitm_type"
    case days = "days_per_unit"
    case restriction = "lmt_usescp"
    case restrictedTo = "lmt_dise"
    case from = "valid_from"
    case to = "valid_to"
    case replacedBy = "replaced_by"
    case essential, central, negotiated, special
    case flags

    var headings: [String] { [rawValue] + words }

    private var words: [String] {
        switch self {
        case .code: ["医保目录编码", "医疗目录编码", "国家医保编码", "医保编码", "国家编码", "编码"]
        case .name:
            ["名称", "项目名称", "药品名称", "通用名", "药品通用名", "医保目录名称", "医疗服务项目名称", "耗材名称"]
        case .initials: ["拼音码", "拼音助记码", "拼音简码", "助记码"]
        case .specification: ["规格", "规格型号", "注册规格", "药品规格"]
        case .unit: ["单位", "计价单位", "最小包装单位"]
        case .itemClass: ["收费项目等级", "甲乙类", "医保等级", "目录等级", "医保类别", "甲乙丙类"]
        case .ownShare: ["先行自付比例", "自付比例", "个人先行自付比例", "自理比例"]
        case .ownShareEmployee: ["职工先行自付比例", "职工自付比例"]
        case .ownShareResident: ["居民先行自付比例", "居民自付比例", "城乡居民先行自付比例"]
        case .limit: ["限价", "最高限价", "支付标准", "医保支付标准", "定价上限金额"]
        case .limitVillage: ["村级限价", "村卫生室限价"]
        case .limitTownship: ["乡级限价", "乡镇限价", "乡镇卫生院限价"]
        case .limitFirst: ["一级限价", "一级医院限价"]
        case .limitSecond: ["二级限价", "二级医院限价"]
        case .limitThird: ["三级限价", "三级医院限价"]
        case .price: ["pric", "价格", "单价", "零售价", "销售价"]
        case .feeType: ["费用类别", "收费类别", "医疗收费项目类别"]
        case .days: ["每单位天数", "可用天数"]
        case .restriction: ["限制使用范围", "限定支付范围", "医保限用范围", "限制范围"]
        case .restrictedTo: ["限定诊断", "限定诊断编码"]
        case .from: ["开始日期", "生效日期", "执行日期", "起始日期"]
        case .to: ["结束日期", "失效日期", "终止日期", "截止日期"]
        case .replacedBy: ["替代编码", "新编码", "替换编码"]
        case .essential: ["基本药物", "基药", "基本药物标志"]
        case .central: ["集采", "集中采购", "集采药品"]
        case .negotiated: ["谈判", "谈判药品", "医保谈判药品标志"]
        case .special: ["特药", "特殊药品", "特殊药品标志"]
        case .flags: ["标志"]
        }
    }

    var isNeeded: Bool {
        switch self {
        case .code, .name, .itemClass, .ownShare, .price, .feeType, .from: true
        default: false
        }
    }
}
