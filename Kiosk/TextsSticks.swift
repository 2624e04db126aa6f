import Syncing

// Why a stick is not taken, and what to do.
extension Texts {
    static func stick(_ fault: StickFault, _ phone: String) -> String {
        let ask = "请联系县里换一个 U 盘，或打乡镇电话 \(phone)。"
        return switch fault {
        case .notAStick: "这不是县里发的 U 盘文件，没有读取。\(ask)"
        case .tooLarge: "U 盘文件太大，没有读取。\(ask)"
        case .cutOrDamaged: "U 盘文件不完整或被改动过，没有读取，本机数据不受影响。\(ask)"
        case .otherCounty(let code): "这是外县（\(code)）的 U 盘，没有读取。\(ask)"
        case .otherKiosk(let kiosk): "这个 U 盘是给 \(kiosk) 的，没有读取。请找本机的 U 盘。"
        case .wrongDirection: "U 盘上这个文件不是发给本机的，没有读取。\(ask)"
        case .older: "这个 U 盘比上次用的还旧，没有读取。请用最新的 U 盘。"
        case .wrongSigner: "U 盘文件没有本县的签名，没有读取。\(ask)"
        case .sealedToAnother: "U 盘文件不是加密给本机的，打不开。\(ask)"
        case .wrongCode: "登记码不对，打不开这个 U 盘。请对照县里给的登记码再输一遍。"
        case .notAFile: "U 盘上的不是普通文件（是链接、文件夹或设备），没有读取。\(ask)"
        case .missing: "U 盘上没有给本机的文件。请检查 U 盘是否插好。"
        }
    }
}
