import Foundation
import Hosting
import Journaling
import Vocabulary

// What is said about the box itself: what was set aside, what the doctor found.
extension Texts {
    static let care: [String: String] = [
        "noKey": "没有找到密钥，本机的数据打不开",
        "putKeyBack": "把原来的 data.key 放回数据文件夹，权限 600；新机器请运行 kiosk provision",
        "keyInSystem": "密钥由操作系统保管",
        "keyInFile": "密钥在数据文件夹的 data.key 里，只有本程序能读",
        "modesGood": "密钥和设置文件只有本程序能读",
        "diskUnknown": "看不到磁盘还剩多少", "clearDisk": "清理磁盘或换大的磁盘；不要删数据文件夹里的任何文件",
        "keepAside": "原样留着，不要删；联系县里，照小票核对没有签收的那几笔",
        "journalNext": "停用这台机器，把整个数据文件夹拷到 U 盘交给县里",
        "durable": "每一笔都先写进磁盘再答复，断电不丢",
        "notDurable": "系统没有按要求落盘，断电可能丢账", "notDurableNext": "停用这台机器，联系县里",
        "fetchRoll": "联网运行 kiosk sync，或用 U 盘运行 kiosk import",
        "sendNext": "联网运行 kiosk sync，或用 kiosk export 写到 U 盘交给县里",
        "printerGood": "打印机已接上", "printerNext": "看打印机的线和电源，再看 --printer 写得对不对",
    ]

    static func check(
        _ name: String, _ state: CheckItem.State, _ text: String, next: String? = nil
    ) -> CheckItem {
        CheckItem(name: name, state: state, says: of(text), next: next.map(of))
    }

    static func oldKeys(_ count: Int) -> String { "，另有 \(count) 把旧密钥留着开旧文件" }
    static func looseMode(_ path: String) -> String { "\(path) 别人也能读" }
    static func free(megabytes: Int) -> String { "磁盘还剩 \(megabytes) MB" }
    static func asideGone(_ path: String) -> String { "另存的文件不见了：\(path)。请找回来放回原处" }
    static func noPrinter(_ path: String) -> String { "打印机 \(path) 没有接上" }
    static func policyHeld(_ version: Int) -> String { "，政策第 \(version) 版" }

    static func journalSound(_ kiosk: KioskID, _ entries: Int, _ checkpoints: Int) -> String {
        "账本 \(kiosk) 完好，共 \(entries) 笔，签名 \(checkpoints) 处"
    }

    static func journalFaults(_ faults: [String]) -> String {
        "账本有误：" + faults.prefix(5).joined(separator: "；")
    }

    /// What was set aside, why, and which entries are in doubt.
    ///
    /// - Parameter namingFile: for whoever looks after the machine; nobody at a screen opens a file.
    static func told(_ aside: Aside, namingFile: Bool = true) -> String {
        let name = aside.what == "journal" ? "账本" : "名册资料"
        let why =
            switch aside.reason {
            case .damaged: "本机\(name)有损坏"
            case .lost: "本机\(name)文件不见了"
            case .keyLost: "本机\(name)的密钥找不回"
            case .asked: "本机\(name)按操作员的吩咐换新"
            }
        let place = namingFile ? "，已原样另存为 set-aside/\(aside.file)" : "，坏的原样留着，没有删"
        let kept = aside.reason == .lost ? "" : place
        return why + "（\(aside.at.day) \(aside.at.clockTime)）" + kept + "。"
            + (aside.what == "journal" ? after(aside) : again)
    }

    private static let again = "名册要重新取：请到“上报”页从县里取，或用 U 盘导入。"

    private static func after(_ aside: Aside) -> String {
        let doubt =
            switch (aside.entries, aside.signed) {
            case (let entries?, let signed?) where entries > signed:
                "第 \(signed + 1) 到 \(entries) 笔县里还没有签收，能读出的下次上报自动补送；请照小票核对。"
            case (_?, _?): "看得见的各笔县里都已签收。"
            default: "县里签收到第几笔请问县里，没有签收的请照小票核对。"
            }
        return "现在记的是新账本，可以照常接诊收费。" + doubt
    }

    static func rekeyed(_ report: RekeyReport) -> String {
        report.sealed
            ? "已换新密钥，全部数据已用新密钥重新加密。密钥文件：\(report.path)，请重新备份它，旧备份作废。"
            : "新旧密钥已写到 \(report.path)。请交给系统保管后重新启动本机，启动时自动用新密钥重新加密；然后删去这个文件。"
    }

    static func line(_ item: CheckItem) -> String {
        let shape =
            switch item.state {
            case .good: "●"
            case .old: "▲"
            case .bad: "■"
            }
        return "\(shape) \(item.says)" + (item.next.map { "\n  下一步：\($0)" } ?? "")
    }
}
