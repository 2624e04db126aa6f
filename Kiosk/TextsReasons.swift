import Pricing
import Rules
import Vocabulary

// Why a bill comes out as it does, step by step.
extension Texts {
    /// One step of the derivation in words a farmer can follow.
    static func sentence(for reason: Reason, item: String?) -> String {
        let layer = layer(reason.layer)
        let line = reason.line.map { "第 \($0) 行\(item.map { "“\($0)”" } ?? "")" } ?? ""
        return switch reason.article {
        case .outsideCatalogue: "\(line)不在医保目录里，全部自己付。"
        case .abovePriceLimit: "\(line)比限价贵，贵出来的自己付。"
        case .ownShareFirst: "\(line)是乙类，先自己付一小部分。"
        case .inScope: "能进医保计算的钱，各行相加。"
        case .institutionPart: "\(layer)超过可收总额的，由医疗机构自己负担。"
        case .settledElsewhere: "\(layer)别处已经报过的，这里照记，不再算。"
        case .entering: "前面没有报的，进入\(layer)计算。"
        case .visitCount: "\(layer)能报的次数已经用完，这次不报。"
        case .costLimit: "\(layer)能进来算的费用有上限，超出的自己付。"
        case .deductible: "\(layer)先自己付满起付线，这次还要付的部分。"
        case .rate: "\(layer)起付线以上的，基金按比例付。"
        case .bands: "\(layer)费用分段，每段按自己的比例付。"
        case .fixedAmount: "\(layer)由基金按次付固定的钱。"
        case .payLimit: "\(layer)基金付的钱有上限，这次在上限内实付。"
        case .heldHere: "今天在这里只能用这么多\(layer)额度，其余自己先付；县里收到后，还有额度就补给本人。"
        case .personPart: "总共的钱减去基金付的，就是自己付的。"
        }
    }

    /// The same in few words, for the slip; steps that changed nothing are left out.
    static func short(_ reasons: [Reason]) -> [String] {
        zip([nil] + reasons.map(Optional.some), reasons).compactMap { before, reason in
            // A limit that is used up left nothing of what was there before.
            let cutsAll =
                reason.article == .payLimit && before?.layer == reason.layer
                && before?.amount ?? .zero > .zero
            return short(reason, isSaid: cutsAll)
        }
    }

    private static func short(_ reason: Reason, isSaid: Bool) -> String? {
        let always: [Article] = [.rate, .visitCount, .heldHere]
        guard isSaid || reason.amount != .zero || always.contains(reason.article) else {
            return nil
        }
        let layer = layer(reason.layer)
        return switch reason.article {
        case .outsideCatalogue, .abovePriceLimit, .ownShareFirst, .inScope, .entering: nil
        case .institutionPart: "机构负担 \(reason.amount)"
        case .settledElsewhere: "\(layer)别处已报 \(reason.amount)"
        case .visitCount: "\(layer)可报次数已用完"
        case .costLimit: "\(layer)限额内费用 \(arithmetic(reason))"
        case .deductible: "\(layer)起付线内自付 \(reason.amount)"
        case .rate, .bands: "\(layer)按比例报销 \(arithmetic(reason))"
        case .fixedAmount: "\(layer)定额报销 \(arithmetic(reason))"
        case .payLimit: "\(layer)限额内实付 \(arithmetic(reason))"
        case .heldHere: "\(layer)本站今天可用额度 \(reason.amount)，其余先自付，县里收到后补给"
        case .personPart: "个人付 \(reason.arithmetic)"
        }
    }

    /// The arithmetic as it is read aloud.
    static func arithmetic(_ reason: Reason) -> String {
        reason.arithmetic.replacing("min(", with: "两者取小(")
            .replacing("max(", with: "两者取大(").replacing("round(", with: "四舍五入到分(")
            .replacing("floor(", with: "舍去分以下(")
    }

    /// A layer by the name people know it by; the visit's own benefit needs none.
    private static func layer(_ name: String?) -> String {
        let names = [
            "consult_fee": "一般诊疗费", "supplement": "大额补充", "serious_illness": "大病保险",
            "assistance": "医疗救助", "tilt": "倾斜救助", "civil_servant": "公务员补助",
        ]
        return name.flatMap { names[$0] } ?? ""
    }
}
