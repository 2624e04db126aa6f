import Identifying
import Journaling
import Merging
import Vocabulary

// How people are reached, in words.
extension Texts {
    /// What a desk wrote down, and what it knew until then.
    static func contact(_ change: ContactChange) -> [FactLine] {
        let lines: [(String, String?, String?)] = [
            ("phone", change.now.phone.map(phone), change.before.phone.map(phone)),
            ("group", change.now.group.map(group), change.before.group.map(group)),
        ]
        return lines.compactMap { name, now, before in
            now.map {
                FactLine(
                    label(name), Cell($0, note: label("contactBefore") + "：" + (before ?? none)))
            }
        }
    }

    static func phone(_ phone: String) -> String { phone.isEmpty ? "没有电话" : phone }
    static func group(_ group: Int) -> String { "\(group) 组" }
    static let onTheRoll = "名册所载"

    /// Who wrote it down where and when.
    static func noted(_ day: Day, at place: String) -> String { "\(day) \(place)登记" }

    /// What another desk wrote without knowing of it.
    static func otherwise(_ value: String, _ noted: String) -> String {
        "另一处：\(value)（\(noted)），以后面登记的为准"
    }
}
