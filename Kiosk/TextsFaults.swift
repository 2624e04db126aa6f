import Collecting
import Hosting
import Journaling
import Pricing
import Rules
import Settling
import Syncing
import Vocabulary

// The refusals of money, policy and journal.
extension Texts {
    static func pricing(_ fault: PricingFault, _ phone: String) -> String {
        switch fault {
        case .rules(let fault): rulebook(fault, phone)
        case .unknownItem(let line, _): "第 \(line) 行的项目今天不在目录里，请删去重加。"
        case .noLines: "还没有药品或项目，请在第 3 栏加上。"
        case .tooManyLines: "一张单子最多 \(Bill.mostLines) 行，请先结算，再开一张。"
        case .implausibleVisit: "次数或别处已报的金额不对，请核对。"
        case .amountTooLarge(let line): "第 \(line) 行金额太大，请核对数量和单价。"
        }
    }

    static func rulebook(_ fault: RulebookFault, _ phone: String) -> String {
        switch fault {
        case .beforeFirst(_, let day, _): "政策里没有 \(day) 的规定，不能计算。请核对日期，或联系县里。"
        case .kind, .missing: "本机的政策缺一项，不能计算。请先上报更新政策，或联系乡镇 \(phone)。"
        }
    }

    static func settlement(_ fault: Settlement.Fault) -> String {
        switch fault {
        case .tendersDoNotSum(let due, let tendered):
            "应付 \(due) 元，收到 \(tendered) 元，对不上。请重新收款。"
        case .negativeTender: "收款不能是负数，请重新填。"
        case .accountShort(let balance, let asked):
            "个人账户只有 \(balance) 元，不够 \(asked) 元。请其余收现金。"
        case .owedBeyondOwnPart(let ownPart, let owed):
            "补给 \(owed) 元多于本人应付 \(ownPart) 元，对不上。请返回接诊页重新结算。"
        case .familyAccountShort(_, let balance, let asked):
            "家人的账户今天在这里只能付 \(balance) 元，不够 \(asked) 元。请返回接诊页重新结算。"
        case .negativeFamilyPayment: "家人账户付的钱要大于零。请返回接诊页重新结算。"
        case .accountsBeyondPayable(let payable, let asked):
            "账户最多能付 \(payable) 元，现在要付 \(asked) 元。请返回接诊页重新结算。"
        }
    }

    static func contribution(_ fault: Contribution.Fault) -> String {
        switch fault {
        case .nobodyChosen: "没有勾选要缴费的人，请至少勾一位。"
        case .mixedYears: "一张收据只能收一个年度，请分开收。"
        case .tendersDoNotSum(let due, let tendered):
            "应缴 \(due) 元，收到 \(tendered) 元，对不上。请重新收款。"
        case .tenderNotAllowed(let tender): "这里不能用\(word(tender))缴费，请换付款方式。"
        }
    }

    static func till(_ fault: Till.Fault) -> String {
        switch fault {
        case .differenceNeedsSentence(let money):
            money < .zero
                ? "清点比账上少 \(-money) 元。请再数一遍；确实少了，就在下面写一句原因。"
                : "清点比账上多 \(money) 元。请再数一遍；确实多了，就在下面写一句原因。"
        case .unknownDenomination: "没有这种面额，请重新填。"
        case .negativeCount: "张数要填 0 到 100000 的整数，请重新填。"
        }
    }

    static func payment(_ fault: Payment.Fault) -> String {
        switch fault {
        case .badAmount(let text): "实收“\(text)”不对，请填元，最多两位小数，如 20 或 12.60。"
        case .tooLittle(let missing): "收的钱不够，还差 \(missing) 元。请补收，或重新填实收。"
        }
    }

    static func journal(_ fault: Journal.Fault, _ phone: String) -> String {
        switch fault {
        case .diskFull: "磁盘满了，这一笔没有保存。请不要继续收费，联系乡镇 \(phone)。"
        case .inUse: "账本正被另一个程序使用。请关掉另一个窗口，或重启机器。"
        case .identityTaken: "这一步已经办过，请看“最近五笔”，不要重复收费。"
        case .damaged:
            "本机账本有损坏，这一步没有办成。请重新启动本机：损坏的账本会另存留底，接着记新账本。再告诉乡镇 \(phone)。"
        case .keyMissing(let path), .keyDiffers(let path):
            "\(path) 是加密的，现在的密钥打不开它。请把原来的密钥放回再启动；文件原样保留着。"
                + "密钥确实找不回，才运行 kiosk set-aside 另存旧账本、记新账本。"
        case .otherKiosk, .newerFormat, .unreadable, .notDurable:
            "本机账本打不开，原样保留着，没有改动。请停用这台机器，联系乡镇 \(phone)。"
        }
    }

    /// Nothing is lost by any of these: what the desk holds stays in force.
    static func document(_ fault: DocumentFault, _ phone: String) -> String {
        switch fault {
        case .olderThanHeld:
            "收到的比本机已有的旧，没有采用，本机照用新的。一直这样请联系乡镇 \(phone)。"
        case .expired, .behind:
            "收到的不是县里最新的，没有采用。请换一种方式（网络或 U 盘）再取，还不行请联系乡镇 \(phone)。"
        case .rootExpired: "县里的签发资格已到期，新下发的暂不采用，看病照常。请联系乡镇 \(phone)。"
        case .otherRecipient, .otherCounty: "这是别的机构或别的县的数据，没有采用。请核对 U 盘。"
        case .tooLarge, .malformed, .signatures, .rootOutOfStep, .sectionDiffers, .sectionMissing:
            "县里发来的数据没有通过验证，没有采用，本机数据不受影响。请联系县里。"
        }
    }

    static func sync(_ fault: SyncFault, _ phone: String) -> String {
        switch fault {
        case .headDiffers(let number):
            "县里的账和本机从第 \(number) 笔起对不上。请停用这台机器，联系乡镇 \(phone)。"
        case .countyKnowsMore(let through, let here):
            "县里已有 \(through) 笔，本机只有 \(here) 笔，机器可能被还原过。请停用，联系乡镇 \(phone)。"
        case .bringsNoRights: "U 盘不能当场取额度。先按屏幕上的金额结算，县里收到后会补给本人。"
        case .takesNoRegistration: "这条路不能登记。请联网上报，或用 U 盘。"
        case .notTheCounty: "回答的不是县里的服务器，没有采用。请核对地址和登记码，再试一次。"
        }
    }

    static func dataKeys(_ fault: DataKeys.Fault) -> String {
        switch fault {
        case .looseMode(let path, let mode):
            "密钥文件 \(path) 的权限是 \(String(mode, radix: 8))，别人也能读，没有使用。请运行：chmod 600 \(path)"
        case .unreadable(let path): "\(path) 里不是密钥。请放回原来的密钥文件（每行 64 个十六进制字符）。"
        case .keptBySystem(let path):
            "密钥由操作系统保管（\(path)），要在那里更换：先运行 kiosk rekey --out 文件，再按说明交给系统，重新启动。"
        case .missing(let path):
            "找不到密钥（\(path)），本机的账本打不开，原样保留着。请把密钥放回再启动；"
                + "密钥确实找不回，才运行 kiosk set-aside 另存旧账本、记新账本。"
        }
    }
}
