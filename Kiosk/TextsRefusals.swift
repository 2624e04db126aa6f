import Collecting
import Hosting
import Identifying
import Journaling
import Pricing
import Rules
import Scanning
import Settling
import Syncing
import Vocabulary

// Every refusal: what, why, what now.
extension Texts {
    static func sentence(for error: any Error, phone: String) -> String {
        switch error {
        case let fault as Refusal: refusal(fault, phone)
        case let fault as IdentificationFault: identification(fault, phone)
        case let fault as ScanFault: scan(fault, phone)
        case let fault as CredentialFault: credential(fault, phone)
        case let fault as PricingFault: pricing(fault, phone)
        case let fault as RulebookFault: rulebook(fault, phone)
        case let fault as Settlement.Fault: settlement(fault)
        case let fault as Contribution.Fault: contribution(fault)
        case let fault as NotDue: "\(notDue(fault))。请去掉这个人的勾再收。"
        case let fault as Till.Fault: till(fault)
        case let fault as Payment.Fault: payment(fault)
        case let fault as Journal.Fault: journal(fault, phone)
        case let fault as DataKeys.Fault: dataKeys(fault)
        case is SealFault: "本机有一处资料损坏，这一步没有办成。请重新启动本机，再联系乡镇 \(phone)。"
        case let fault as SyncFault: sync(fault, phone)
        case let fault as DocumentFault: document(fault, phone)
        case HTTPRequest.Fault.refused(403, let message): "县里不收：\(message)"
        case let fault as StickFault: stick(fault, phone)
        case is FileFault: "机器上的一个文件读写不了。请看磁盘是否已满，再联系县里。"
        default: "这一步没有办成，已保存的账不受影响。请再试一次；还不行请打乡镇电话 \(phone)。"
        }
    }

    /// Small print for the person on the telephone with support.
    static func code(of error: any Error) -> String {
        String("\(type(of: error)).\(error)".prefix(while: { $0 != "(" }))
    }

    /// Why sending did not work; nothing is lost by it.
    static func sending(failed error: any Error, phone: String) -> String {
        switch error {
        case is SyncFault, is DocumentFault, is Journal.Fault,
            HTTPRequest.Fault.refused(403, _):
            sentence(for: error, phone: phone)
        default: "县里连不上，数据都在本机，稍后再试。一直连不上就用 U 盘导出，交到乡镇 \(phone)。"
        }
    }

    private static func refusal(_ fault: Refusal, _ phone: String) -> String {
        switch fault {
        case .wrongPIN(let left): "口令不对，还可以试 \(left) 次。忘了口令请联系乡镇 \(phone)。"
        case .signInClosed(let until):
            "口令错了五次，\(until.clockTime) 以后才能再试。忘了口令请联系乡镇 \(phone)。"
        case .roleNotAllowed(let role): "这一项要由\(word(role))来办。请换\(word(role))登录。"
        case .timeUnsure(let now):
            "机器的时钟不可靠（现在按 \(now.day) 算），这一笔先不结算，免得用错当天的政策。请连网上报一次；"
                + "没有网就到“上报”页（F10）填今天的日期和时间。办不了请打乡镇电话 \(phone)。"
        case .timePassed(let now):
            "填的时间比已经记账的时间 \(now.day) \(now.clockTime) 还早，没有采用。请看日历和钟表再填。"
        case .noDiagnosis: "还没有诊断，请在第 2 栏填上再结算。"
        case .noLines: "还没有药品或项目，请在第 3 栏加上再结算。"
        case .unknownDiagnosis(let text): "没有找到诊断“\(text)”，请换名称、编码或拼音首字母再找。"
        case .unknownItem(let text): "没有找到“\(text)”，请换名称、编码或拼音首字母再找。"
        case .badQuantity(let text): "数量“\(text)”不对，请填大于 0 的数，如 2 或 0.5，最多 9999。"
        case .priceNeeded(let name): "“\(name)”不在本县目录里，没有定价，全部自费。请填单价。"
        case .badPrice(let text): "单价“\(text)”不对，请填元，最多两位小数，如 12.60。"
        case .badDays(let text): "天数“\(text)”不对，请填 1 到 3650 的整数。"
        case .findings(let findings): findings.first.map { "先处理这一条：" + sentence(for: $0) } ?? ""
        case .nothingToVoid(let number): "第 \(number) 笔不是可以作废或打印的账，请看清笔号。"
        case .alreadyVoided(let number): "第 \(number) 笔已经作废过，不用再作废。"
        case .voidOnlySameDay(let day): "这一笔是 \(day) 的，只有当天能作废。请联系乡镇 \(phone) 办理退费。"
        case .reasonNeeded: "作废要写原因，请写一句再按作废。"
        case .unknownHousehold(let number): "名册里没有户号 \(number)，请用成员的身份证或姓名再找。"
        case .notReachable(let text): contactRefused(text)
        case .receiptsUsedUp: "票据已用完，现在不能收费。请联系县里领新号段，联网后就会下来。"
        case .alreadyCollected(_, let year): "此人 \(year) 年已经收过，请去掉勾再收。"
        case .dayNotOver: "今天还没有结束，请下班时再日结。"
        case .noPolicy: "这台机器还没有名册和政策，不能办理。请到“上报”页从县里取，或用 U 盘导入。"
        case .notProvisioned: "这台机器还没有开通，请联系县里。"
        case .codeNeeded: "登记码不对：应是 12 位字母和数字。请对照县里给的登记码再输一遍。"
        case .changedMeanwhile: "这一单在别处改过了。请看清现在的病人和金额，再按一次收款。"
        case .identityTaken: "这个单号已经用在别人的账上。请换一个单号重新办理。"
        case .saidDifferently(let number):
            "这个单号已经入账（第 \(number) 笔），内容与这次的不同，这次没有收费。请看第 \(number) 笔；要改请先作废，再换单号重办。"
        case .notOnThisRoll(let word): elsewhere(word, phone)
        case .tenderUnknown: "没有选付款方式，请按收现金或其它付款键。"
        }
    }

    private static func identification(_ fault: IdentificationFault, _ phone: String) -> String {
        switch fault {
        case .credential(let fault): credential(fault, phone)
        case .revoked(let day):
            "这张卡 \(monthDay(day)) 已挂失或换新。请用身份证核对，或联系乡镇 \(phone)。"
        case .notOnRoll(let name, let village):
            "卡是真的，但本乡镇名册里没有\(name)（\(village)）。请联系乡镇 \(phone) 核对。"
        case .unknownIdentity:
            "本乡镇名册里没有这个身份证号。外乡镇的请回户籍地，本地的请联系乡镇 \(phone)。"
        case .unknownNumber: "本乡镇名册里没有这个人员编号。请用身份证再查，或联系乡镇 \(phone)。"
        case .nobodyNamed(let text): "名册里没有“\(text)”。请换个写法，或用身份证号查。"
        case .ambiguous: "有几位都符合，请选一位。"
        }
    }

    private static func scan(_ fault: ScanFault, _ phone: String) -> String {
        switch fault {
        case .empty: "还没有输入。请刷卡、扫码，或输身份证号、姓名。"
        case .tooLong: "扫到的内容太长，不是医保卡的码。请扫卡上的码，或用身份证。"
        case .controlCharacter: "扫到看不见的字符，请重扫一次；总这样就检查扫码枪设置。"
        case .credential(let fault): credential(fault, phone)
        case .identity(let fault): identity(fault)
        case .nationalCode: "这是手机医保码，离线时验不了。请用身份证或县里发的卡。"
        case .unrecognised: "看不懂输入的内容。请刷卡、扫码，或输 18 位身份证号、姓名。"
        }
    }

    private static func identity(_ fault: IdentityNumber.Fault) -> String {
        switch fault {
        case .length(let count): "身份证号应是 18 位，输了 \(count) 位，请补全。"
        case .character: "身份证号里有不该有的字，请只输数字，最后一位可以是 X。"
        case .birthDate: "身份证号里的出生日期不对，请再核对第 7 到 14 位。"
        case .checkCharacter: "身份证号有一位输错了，请对着证件再输一遍。"
        }
    }

    private static func credential(_ fault: CredentialFault, _ phone: String) -> String {
        switch fault {
        case .tooLong, .notOurs: "这不是县里发的医保卡码。请扫卡上的码，或用身份证。"
        case .malformed: "码没有扫全，请再扫一次；还不行请用身份证。"
        case .algorithm, .forged: "这张卡没有通过验证，可能是假的。请用身份证核对，并告诉乡镇 \(phone)。"
        case .unknownKey: "这张卡的签发钥匙本机没有，可能是外地卡或名册太旧。请用身份证，或先上报更新。"
        case .expired(let day): "这张卡 \(day) 已到期。请用身份证核对，并到乡镇 \(phone) 换卡。"
        case .otherCounty(let code): "这是外县（\(code)）的卡，这里不能结算。请到参保地，或联系乡镇 \(phone)。"
        }
    }
}
