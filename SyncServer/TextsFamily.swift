import Vocabulary

// Relatives who share a personal account (家庭共济).
extension Texts {
    static func notShared(_ owner: PersonNumber) -> String {
        "名册上没有登记可以用参保人 \(owner) 的个人账户（家庭共济），没有给额度。请改收现金；确实共济的，先到县局登记。"
    }

    /// Beside the amount that a relative's account paid.
    static let familyPaid = "其中家人账户"

    /// In a person's year: what relatives' accounts paid of a visit.
    static func paidByFamily(_ amount: Money) -> String { "家人账户付 \(yuan(amount))" }

    /// On a person's page: a relative whose account may pay.
    static let familyPayer = "可用家人账户"

    /// In a person's year: a relative's visit that this person's account paid for.
    static let paidForRelative = "家人就诊，从这个账户付"

    /// One fault of an imported roll: where, what, and what to do.
    static func familyFault(_ fault: FamilyLinks.Fault, in path: String, row: Int) -> String {
        "\(path) 第 \(row) 行 familyAccounts：" + sentence(of: fault)
    }

    private static func sentence(of fault: FamilyLinks.Fault) -> String {
        switch fault {
        case .ownAccount(let owner): "\(owner) 是本人，本人账户不用登记。请删去。"
        case .listedTwice(let owner): "\(owner) 写了两次。请只留一次。"
        case .unknown(let owner): "名册里没有 \(owner)。请核对人员编号，或把这个人一起导入。"
        case .noAccount(let owner): "\(owner) 不是职工参保，没有个人账户。请删去。"
        case .tooMany(let owner, let count, let most):
            "\(owner) 的账户已登记给第 \(count) 个家人，最多 \(most) 人。请先解除一个。"
        case .tooLong(let count): "登记了 \(count) 个账户，一次结算写不下这么多。请只留常用的。"
        }
    }
}
