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

    static func provisioned(_ desk: DeskAssignment, _ publicKey: String) -> String {
        "\(desk.name)（\(desk.kiosk)）已设置。本机公钥 \(publicKey.prefix(16))…。"
            + "下一步：联网运行 kiosk sync，或用 U 盘运行 kiosk import。"
    }
}
