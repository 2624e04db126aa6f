import Syncing
import Vocabulary

// What the commands say to the person who set the box up.
extension Texts {
    static func night(_ report: NightReport) -> String {
        let bulletins = report.bulletins.sorted { $0.key < $1.key }
            .map { "\($0.key == "policy" ? "政策目录" : "名册") 第 \($0.value) 版" }
        let news = bulletins.isEmpty ? "没有新的下发" : "收到 " + bulletins.joined(separator: "、")
        let rescued = report.rescued.map { "，另存的旧账本补报 \($0) 笔" } ?? ""
        return "已上报 \(report.sent.entries) 笔，县里已签收到第 "
            + "\(report.sent.acknowledgedThrough) 笔\(rescued)；\(news)。"
    }

    static func provisioned(_ provision: Provision, _ publicKey: String) -> String {
        let desk = provision.desk
        return "\(desk.name)（\(desk.kiosk)）已设置。本机公钥 \(publicKey.prefix(16))…。"
            + (provision.replaces.map(replaced) ?? "")
            + "下一步：联网运行 kiosk sync；没有网络就把账导到 U 盘：kiosk export。"
    }

    /// What is known of the journal of the device this one stands in for.
    static func replaced(_ old: Predecessor) -> String {
        let tail =
            old.lost.map { "第 \($0.lowerBound) 到 \($0.upperBound) 笔丢失，请凭小票补录" }
            ?? "第 \(old.through + 1) 笔起如果有，县里没有收到，请凭小票核对"
        return "本机接替 \(old.kiosk)：它的账县里有第 1 到 \(old.through) 笔；\(tail)。"
    }
}
