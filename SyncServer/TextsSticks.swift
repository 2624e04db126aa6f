import Syncing
import Vocabulary

// Why a stick is not taken, and what to do.
extension Texts {
    static func stick(_ fault: StickFault) -> String {
        switch fault {
        case .notAStick: "这不是村医通的 U 盘文件，没有读取。请检查选择的文件。"
        case .tooLarge(let bytes): "U 盘文件太大（\(bytes) 字节），没有读取。请用终端重新导出。"
        case .cutOrDamaged: "U 盘文件不完整或被改动过，没有读取。请让终端重新导出。"
        case .otherCounty(let code): "这是外县（\(code)）的 U 盘，没有读取。请交给对应的县。"
        case .otherKiosk(let kiosk): "这是 \(kiosk) 的 U 盘，没有读取。请拿对应的 U 盘。"
        case .wrongDirection(let direction):
            direction == .toCounty ? "这是上报用的文件，不是县里发的。" : "这是发给终端的文件，不是终端上报的。"
        case .older: "这个 U 盘比已经用过的还旧，没有读取。请用最新的。"
        case .wrongSigner: "U 盘文件不是由登记的密钥签名的，没有读取。请核查这台终端。"
        case .sealedToAnother: "U 盘文件不是加密给本县的，打不开。请让终端重新导出。"
        case .wrongCode: "登记码不对，打不开。请核对。"
        case .notAFile(let path): "\(path) 不是普通文件（链接、文件夹或设备），没有读取。"
        case .missing(let path): "没有找到 \(path)。请检查 U 盘是否插好。"
        }
    }

    /// What a file brought; one that was here before says so.
    static func arrived(_ kiosk: KioskID, through: Int, new: Int) -> String {
        new > 0
            ? "收到 \(kiosk) 新记录 \(new) 条，至第 \(through) 条。"
            : "\(kiosk) 的这份文件以前收过，没有新记录；县里已有至第 \(through) 条。"
    }

    /// What an import came to, for the one who gave the command.
    static func imported(_ report: ImportReport) -> String {
        let kinds = [
            "roll": "参保名册", "institutions": "医药机构", "operators": "操作人员",
            "revocations": "挂失凭证", "stays": "住院记录", "purchases": "进货记录",
        ]
        guard report.message.isEmpty else { return report.message }
        return "\(kinds[report.kind] ?? report.kind)：\(report.count) 条。"
    }
}
