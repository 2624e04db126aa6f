import Vocabulary

// What to tell and to do with somebody whose roll lies in another township.
extension Texts {
    static func elsewhere(_ word: CountyWord, _ phone: String) -> String {
        let who = word.name ?? "此人"
        return "\(who)不在本乡镇名册里。" + answer(word) + nextStep(word.answer, phone)
    }

    private static func answer(_ word: CountyWord) -> String {
        let list = "全县名单（截至 \(word.asOf.day)，\(age(word.age))）"
        return switch word.answer {
        case .covered(let scheme): "\(list)上，此人今年有\(insurance(scheme))医保待遇。"
        case .notCovered(let scheme): "\(list)上有此人（\(insurance(scheme))），但当时没有可用的待遇。"
        case .unknown: "\(list)上也没有此人。"
        case .tooOld: "\(list)太旧，说不出今年有没有待遇。"
        }
    }

    /// This machine settles for its own township; elsewhere the person is paid back.
    private static func nextStep(_ answer: CountyWord.Answer, _ phone: String) -> String {
        switch answer {
        case .covered:
            "病照看，本机不能直接报销：请全额收费、开好票据和处方，让本人回户籍乡镇报销，或打乡镇电话 \(phone)。"
        case .notCovered:
            "病照看，先按自费收；票据请本人留好，让本人问户籍乡镇，查实有待遇的可以补报。乡镇电话 \(phone)。"
        case .unknown:
            "请核对号码；外县参保的按自费收、留好票据。确是本县人的，请打乡镇电话 \(phone)。"
        case .tooOld:
            "请先到“上报”页取新名单；取不到就按自费收、留好票据，事后补报。乡镇电话 \(phone)。"
        }
    }

    private static func age(_ days: Int) -> String { days <= 0 ? "今天的" : "\(days) 天前的" }

    private static func insurance(_ scheme: Scheme) -> String {
        switch scheme {
        case .resident: "居民"
        case .employee: "职工"
        }
    }
}
