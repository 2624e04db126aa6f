import Identifying
import Vocabulary

// How people are reached.
extension Texts {
    static func contactRefused(_ text: String) -> String {
        text.isEmpty
            ? "村民小组没有看懂。请填 1 到 99 的数字。"
            : "电话“\(text)”没有看懂。请只填数字，中间可以加短横，例如 0379-5550101；没有电话就清空。"
    }

    static func reached(_ count: Int) -> String {
        count == 0 ? "没有改动，什么也没记。" : "已记下 \(count) 人的联系方式，下次上报时送到县里。"
    }

    static func reached(_ phone: String?) -> String {
        phone.map { $0.isEmpty ? "无" : $0 } ?? "未登记"
    }

    static func place(_ home: Home) -> String {
        "\(home.village) \(home.group) 组 · \(home.household)"
    }
}
