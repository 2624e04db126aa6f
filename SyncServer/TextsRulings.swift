import Checking
import Journaling
import Merging
import Vocabulary

// What the county may rule, in words for the person who answers for the money.
extension Texts {
    static func ruling(_ ruling: Ruling) -> String {
        let step = ruling.choice.needsSecond ? (ruling.confirms == nil ? "提出：" : "确认：") : ""
        return "裁定：" + step + choice(ruling.choice, ruling.bearer)
    }

    static func choice(_ choice: Ruling.Choice, _ bearer: Adjustment.Bearer?) -> String {
        switch choice {
        case .stands: "核对无误，结案"
        case .refused: "基金不支付，" + bears(bearer)
        case .borne: "差额" + bears(bearer)
        case .receipt: "这一张票据成立"
        case .admitted: "核对属实，准予计入"
        case .reopened: "撤销以前的裁定"
        }
    }

    /// The rule that held an entry up.
    static func matter(_ name: String) -> String {
        if let kind = Clash.Kind(rawValue: name) { return clash(kind) }
        if name == operatorMatter { return "经办人岗位不符" }
        return Check(rawValue: name).map(finding) ?? name
    }

    static func bears(_ bearer: Adjustment.Bearer?) -> String {
        switch bearer {
        case .fund, nil: "由基金承担"
        case .person: "由参保人下次就诊抵扣"
        case .clinic: "由机构承担"
        }
    }
}

/// The matter of an entry whose operator's post does not do what it says.
let operatorMatter = "operatorNotAllowed"
