import Rules
import Vocabulary

/// One published fact about an item (知识点): for whom, where, how often.
public struct KnowledgePoint: Hashable, Sendable {
    /// National code of the drug or service.
    public var code: String
    public var kind: Kind
    /// What the kind says: a sex, an age group, a number, a code, a group.
    public var value: String
    /// The stretch of time the value is counted over, where the kind has one.
    public var window: Window?
    /// Batch of the national knowledge points; 0 for the county's own.
    public var batch: Int
    public var source: String

    public init(
        _ code: String, _ kind: Kind, _ value: String, per window: Window? = nil, batch: Int = 0,
        source: String
    ) {
        self.code = code
        self.kind = kind
        self.value = value
        self.window = window
        self.batch = batch
        self.source = source
    }

    public enum Kind: String, Sendable, CaseIterable {
        /// 限定性别: "1" or "2".
        case sex
        /// 限定年龄对象: a group named in the rule's `groups`.
        case age
        /// 禁用年龄: a group the item is not for.
        case ageForbidden = "age_forbidden"
        /// 限定保险类型: "workInjury", "maternity", or an insutype code.
        case scheme
        /// 限定就医方式: "inpatient".
        case way
        /// 限定机构等级: the lowest level, "1", "2" or "3".
        case level
        /// 限定支付疗程: the most days the fund pays for.
        case course
        /// 限定主次操作: the group in which only the first is charged in full.
        case operation
        /// 重复收费: the code that must not be charged beside this one within the window.
        case repeated
        /// 限定频次: the largest quantity within the window.
        case frequency
        /// 限定周期: how many times within the window.
        case cycle
        /// 限定适应症: ICD-10 codes, separated by ";", a trailing `*` for all that begin so.
        case diagnosis
    }

    /// The point itself is the source of a finding; the rule's date stays.
    func citation(since rule: Citation) -> Citation {
        Citation(parameter: rule.parameter, from: rule.from, source: source)
    }
}

/// All points, looked up by code: one step whatever their number.
public struct KnowledgeBase: Sendable {
    private let byCode: [String: [KnowledgePoint]]
    public let count: Int

    public init(_ points: [KnowledgePoint] = []) {
        byCode = Dictionary(grouping: points, by: \.code)
        count = points.count
    }

    public func points(of code: String) -> [KnowledgePoint] { byCode[code] ?? [] }
}
