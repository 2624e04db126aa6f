import Cataloguing
import Hosting
import Journaling
import Merging
import Publishing
import Rules
import Syncing
import Vocabulary

/// Every Chinese string of the county server, in one place.
enum Texts {
    /// What is wrong, why, and what to do now.
    static func sentence(for error: any Error) -> String {
        switch error {
        case let fault as ParcelFault: parcel(fault)
        case let fault as OfficeFault: office(fault)
        case let fault as StickFault: stick(fault)
        case let fault as ReleaseFault: release(fault)
        case HandbookFault.stale(let file): "\(file) 与参数不一致。请运行 make rulebook 重写。"
        case let fault as DraftFault: draft(fault)
        case RoundFault.forked(let kiosk, let sequence):
            "\(kiosk) 的日志从第 \(sequence) 笔起出现两个版本（可能被克隆或回退）。两边都已保存，请停用该机并联系县局。"
        case Journal.Fault.inUse(let path): "\(path) 正被另一个进程使用。请先停止它，或通过它来操作。"
        case Journal.Fault.diskFull: "服务器磁盘已满，本次没有写入任何内容。请清理磁盘后重试。"
        case let fault as PostgresFault: postgres(fault)
        case let fault as TableFaults: "表格有误，全部未导入：\n\(fault.description)"
        case let fault as CatalogueFaults: catalogueFaults(fault)
        case let fault as FileFault: "\(fault.path)：\(fault.message)"
        case HTTPRequest.Fault.refused(_, let message): message
        case HTTPRequest.Fault.unreachable(let reason): "连不上（\(reason)）。请确认服务已启动。"
        default: "\(error)"
        }
    }

    static let signedAgain = "换钥后重新签发，内容不变"

    static func rootDue(_ expires: Day, _ left: Int) -> String {
        left > 0
            ? "根文件 \(expires) 到期，还有 \(left) 天。请两位经办人重新签发（publish --root、release --root）。"
            : "根文件 \(expires) 已到期，终端不再采用新的下发。请马上由两位经办人重新签发。"
    }

    private static func postgres(_ fault: PostgresFault) -> String {
        let words = fault.message.split(whereSeparator: \.isNewline).first ?? ""
        return switch fault.state {
        case "": "连不上县库所在的 PostgreSQL 服务器（\(words)）。请确认它已启动、连接参数正确，再试一次。"
        case PostgresFault.connectionLost:
            "和 PostgreSQL 服务器的连接断了，这一步不一定做成。请确认它在运行，看清结果再做一次。"
        case PostgresFault.notDurable:
            "PostgreSQL 服务器关掉了 \(words)，断电会丢账，不能使用。请打开它，再启动。"
        default: "PostgreSQL 服务器没有照办（\(fault.state) \(words)）。请把这句话交给管理员。"
        }
    }

    private static func parcel(_ fault: ParcelFault) -> String {
        switch fault {
        case .tooLarge(let bytes): "上报包太大（\(bytes) 字节），已拒收。请更新终端软件后重发。"
        case .notAParcel: "这不是上报包，已拒收。请检查选择的文件。"
        case .cutOrDamaged: "上报包不完整或已损坏，未收下任何内容。请重新发送。"
        case .unknownDevice(let kiosk): "终端 \(kiosk) 没有在本县登记。请先在县局办理登记。"
        case .revokedDevice(let kiosk): "终端 \(kiosk) 已被停用，不再接收。请联系县局。"
        case .wrongSignature(let kiosk): "上报包不是由 \(kiosk) 签名的，已拒收。请联系县局核查。"
        case .brokenChain(let kiosk): "\(kiosk) 的上报包与签名的日志不一致，已拒收。请重新发送。"
        }
    }

    private static func office(_ fault: OfficeFault) -> String {
        switch fault {
        case .noCounty: "还没有设定县。请先运行 syncserver import 并给出 --county。"
        case .unknownOperator(let id): "没有工号 \(id)。请核对后重试。"
        case .wrongPIN: "密码不对。请重新输入。"
        case .roleNotAllowed(let id): "工号 \(id) 没有这项权限。政策须由县局经办人发布和复核。"
        case .nothingToRelease: "没有等待复核的变更。"
        case .anotherJournal: anotherJournal
        case .proposalOutdated: "这份变更是恢复备份以前签名的，不能再复核。请撤回它，等终端同步后重新发布。"
        case .anotherProposalWaits(let by): "工号 \(by) 的变更还在等待复核。请先复核或撤回它。"
        case .unknownInstitution(let code): "没有机构 \(code)。请核对机构编码。"
        case .unknownDevice(let kiosk): "没有终端 \(kiosk)。请核对编号。"
        case .wrongCode(let kiosk, let left):
            "\(kiosk) 的一次性登记码不对，还可以试 \(left) 次。请对照县局给的登记码再输一遍。"
        case .noCode(let kiosk): "\(kiosk) 没有可用的登记码（已用过、过期或输错太多次）。请向县局要新的登记码。"
        case .unsigned(let kiosk): "\(kiosk) 的登记申请没有用它自己的密钥签名，未受理。请在本机重新开通。"
        case .revoked(let kiosk): "终端 \(kiosk) 已被县局停用，不再收发。请停用这台机器，联系县局。"
        case .noCertificate: "没有本县发的终端证书，或证书已过期。终端会自动重新申请；仍不行请联系县局。"
        case .lastSeenBeforeHeld(let kiosk, let held):
            "\(kiosk) 的账县里已收到第 \(held) 笔，小票上的最后笔号不会更小。请再核对。"
        case .alreadyRegistered(let kiosk): "\(kiosk) 已登记过另一把密钥。更换机器请先在县局停用旧机。"
        case .severalPeople(let name): "叫“\(name)”的不止一人。请改用身份证号或个人编号。"
        case .unknownPerson(let text): "没有找到“\(text)”。请核对姓名或证件号码。"
        case .accountNotShared(let owner): notShared(owner)
        case .noPolicy: "还没有发布过政策。请先发布并复核。"
        case .notRecognised(let file): "\(file)：不认识这种文件，未导入。"
        case .notAllowed(let what): "不允许：\(what)。请确认终端已登记且时间正确。"
        case .notThere: "县局没有这一份，终端会改取整份。"
        case .retiredKey(let id): "工号 \(id) 的密钥已经停用，不能再列入。请先给此人换新密钥。"
        case .faults(let text): text
        case .monthNotOver(let month): "\(month) 还没有过完，不能月结。请到下月再办。"
        case .monthClosed(let month): "\(month) 已经月结，不能再结一次。迟到的记录会自动记入下一个未结的月份。"
        case .serverKeepsBackups:
            """
            县库在 PostgreSQL 服务器上，请用服务器自己的备份工具（pg_dump 或连续归档），并另存数据目录里的 keys 和 \
            journal.sqlite。恢复以后请运行 syncserver restore --done，让县局知道库是旧的。
            """
        case .samePerson: "提出和确认不能是同一个人。请由另一位经办人确认。"
        }
    }

    private static func release(_ fault: ReleaseFault) -> String {
        switch fault {
        case .samePerson: "发布和复核不能是同一个人。请由另一位经办人复核。"
        case .notAnOfficeKey: "这把密钥不属于县局经办人。"
        case .notSignedYet: "变更还没有发布人签名，不能复核。"
        }
    }

    private static func draft(_ fault: DraftFault) -> String {
        switch fault {
        case .empty: "没有任何变更。请至少填写一项价格或一项参数。"
        case .unknownItem(let code): "目录里没有 \(code)。请核对编码和生效日期。"
        case .unknownParameter(let path): "没有参数 \(path)。请从列表中选择。"
        case .tableParameter(let path): "\(path) 是按级别或人群分列的表，请修改参数文件后整体发布。"
        case .notAfterLast(let path, let last): "\(path) 最近一次从 \(last) 起生效，新值必须晚于这一天。"
        case .sourceMissing(let path): "\(path) 的新值没有写依据。请填写文件名称和文号。"
        case .negative(let code): "\(code) 的价格或限价小于零。请改正后再发布。"
        case .faults(let faults): "参数有误，未发布：\n\(faults.description)"
        }
    }
}
