import Vocabulary

// What a kiosk may spend today of limits that are divided.
extension Texts {
    static func elsewhere(_ left: Money) -> String { "\(left)，在县里，联网可取" }

    static func short(paid: Money, follows: Money) -> String {
        "本站今天手里的额度只够基金付 \(paid) 元。另有 \(follows) 元先由本人付，"
            + "县里收到后，本年还有额度就补给本人。能联网就按 F5 取额度。"
    }

    static func drawn(_ given: Bool) -> String {
        given ? "县里给了额度，金额已重新算好。" : "县里也没有额度了。按屏幕上的金额结算；以后空出来会补给本人。"
    }

    static func notDrawn(_ sentence: String) -> String {
        "没有取到额度：\(sentence) 可以照样结算，基金少付的部分县里收到后补给本人。"
    }
}
