/// The funds that pay (基金), by the national field their payment stands in.
public enum Fund: String, Hashable, Sendable, Codable, CaseIterable {
    /// 基本医疗保险统筹基金.
    case pooled = "hifp_pay"
    /// 公务员医疗补助.
    case civilServants = "cvlserv_pay"
    /// 企业补充医疗保险.
    case employers = "hifes_pay"
    /// 居民大病保险.
    case seriousIllness = "hifmi_pay"
    /// 职工大额医疗费用补助.
    case largeSum = "hifob_pay"
    /// 医疗救助.
    case assistance = "maf_pay"
    /// 其他支出.
    case other = "oth_pay"
}
