import Vocabulary

/// What a rule may ask about a person, a visit or a charged item before it names its figure.
///
/// The raw value is the word written after `when:` in a rule file.
public enum Subject: String, Sendable, Hashable, CaseIterable {
    /// 医疗类别 (national med_type code).
    case kind
    /// 医疗机构等级: village, township, 1, 2, 3.
    case level
    /// 人员身份: a title such as subsistence; a person may hold several.
    case title
    /// 病种: the diseases the visit is for, or the person is recognised for.
    case disease
    /// 性别: 1 male, 2 female.
    case sex
    /// 人员类别: active, retired, student, adult …
    case person
    /// 家庭医生签约: yes or no.
    case familyDoctor = "family_doctor"
    /// 诊疗途径 of the consult fee: none, intramuscular, infusion.
    case route
    /// 异地就医类别: none, longTerm, longTermNotDirect, referral, notFiled, emergency.
    case remote
    /// 结算方式: direct, or manual for a claim handed in later.
    case claim
    /// Whether the household's yearly limit is used up: reached or open.
    case household
    /// 缴费档次.
    case tier
    /// 收费项目等级 (chrgitm_lv): 01, 02, 03.
    case itemClass = "item_class"
    /// 医疗目录编码 of a charged item.
    case item
    /// Whole years of age on the day of service.
    case age
    /// The number of this admission in the year, counted from 1.
    case admission
    /// Years in arrears before enrolment.
    case gapYears = "gap_years"
    /// Years paid for without a break.
    case paidYears = "paid_years"

    /// Whether it is compared as a number (with a range) or as a word.
    public var isNumber: Bool {
        switch self {
        case .age, .admission, .gapYears, .paidYears: true
        default: false
        }
    }
}

/// The answers to what rules ask; what is not stated matches no condition.
public struct Circumstances: Sendable, Hashable {
    private var words: [(subject: Subject, word: String)] = []
    private var numbers: [(subject: Subject, number: Int)] = []

    public init() {}

    /// With room for what a bill states.
    public init(statements: Int) { words.reserveCapacity(statements) }

    /// States a word; of a subject already stated it is one more.
    public mutating func state(_ subject: Subject, _ word: String) {
        words.append((subject, word))
    }

    public mutating func state(_ subject: Subject, _ more: some Sequence<String>) {
        for word in more { state(subject, word) }
    }

    /// States these words and no others.
    public mutating func replace(_ subject: Subject, _ only: String...) {
        words.removeAll { $0.subject == subject }
        state(subject, only)
    }

    public mutating func state(_ subject: Subject, _ number: Int) {
        numbers.removeAll { $0.subject == subject }
        numbers.append((subject, number))
    }

    public func number(_ subject: Subject) -> Int? {
        numbers.first { $0.subject == subject }?.number
    }

    public func words(_ subject: Subject) -> [String] {
        words.lazy.filter { $0.subject == subject }.map(\.word)
    }

    /// Whether any word of a subject is as asked.
    func hasWord(_ subject: Subject, _ isAsked: (String) -> Bool) -> Bool {
        words.contains { $0.subject == subject && isAsked($0.word) }
    }

    public static func == (a: Circumstances, b: Circumstances) -> Bool {
        Subject.allCases.allSatisfy {
            a.words($0) == b.words($0) && a.number($0) == b.number($0)
        }
    }

    public func hash(into hasher: inout Hasher) {
        for subject in Subject.allCases {
            hasher.combine(words(subject))
            hasher.combine(number(subject))
        }
    }
}

/// One line after `when:`: a subject and the values that satisfy it.
public struct Condition: Sendable, Hashable {
    public let subject: Subject
    public let test: Test

    public enum Test: Sendable, Hashable {
        /// Any of these words; a word ending in `*` stands for all that begin so.
        case anyOf([String])
        /// Within any of these closed ranges.
        case within([Bounds])
    }

    /// A closed range of whole numbers, open on either side where it says nothing.
    public struct Bounds: Sendable, Hashable {
        public let low: Int?
        public let high: Int?

        public init(_ low: Int?, _ high: Int?) {
            self.low = low
            self.high = high
        }

        public func holds(_ number: Int) -> Bool {
            number >= low ?? .min && number <= high ?? .max
        }
    }

    public init(_ subject: Subject, _ test: Test) {
        self.subject = subject
        self.test = test
    }

    public func holds(in circumstances: Circumstances) -> Bool {
        switch test {
        case .anyOf(let allowed):
            circumstances.hasWord(subject) { word in
                allowed.contains { pattern in
                    pattern.utf8.last == UInt8(ascii: "*")
                        ? word.hasPrefix(pattern.dropLast()) : word == pattern
                }
            }
        case .within(let ranges):
            circumstances.number(subject).map { number in
                ranges.contains { $0.holds(number) }
            } ?? false
        }
    }
}

extension Condition: CustomStringConvertible {
    /// As it is written in a rule file.
    public var description: String {
        switch test {
        case .anyOf(let words): "\(subject.rawValue): \(words.joined(separator: ", "))"
        case .within(let ranges):
            "\(subject.rawValue): \(ranges.map(\.description).joined(separator: ", "))"
        }
    }
}

extension Condition.Bounds: CustomStringConvertible {
    /// "60..", "..17", "18..59" or "2".
    public var description: String {
        let (first, last) = (low.map(String.init) ?? "", high.map(String.init) ?? "")
        return low != nil && low == high ? first : "\(first)..\(last)"
    }
}
