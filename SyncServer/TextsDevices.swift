import Journaling
import Syncing
import Vocabulary

// What the office is told about its devices.
extension Texts {
    static func enrolled(_ provision: Provision) -> String {
        let desk = provision.desk
        let days = PendingCode.daysValid
        var lines = [
            "\(desk.kiosk)：\(desk.name)",
            "一次性登记码 \(provision.oneTimeCode)（\(days) 天内有效，可试 \(PendingCode.mostTries) 次；与 U 盘分开交付）",
        ]
        if let old = provision.replaces { lines.append(replaced(old)) }
        return lines.joined(separator: "\n")
    }

    /// What is known of a broken device's journal, by number.
    static func replaced(_ old: Predecessor) -> String {
        let held = "\(old.kiosk) 已停用，县里有它的第 1 到 \(old.through) 笔"
        guard let lost = old.lost else {
            return held + "；第 \(old.through + 1) 笔起如果有，县里不知道，请凭小票核对。"
        }
        return held + "；第 \(lost.lowerBound) 到 \(lost.upperBound) 笔丢失，请凭小票补录。"
    }
}
