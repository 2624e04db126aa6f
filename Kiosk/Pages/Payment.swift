import Settling
import Vocabulary

/// How the person pays, from the buttons of the fourth band.
struct Payment: Sendable {
    let tenders: Tenders
    /// Cash to give back, where an amount handed over was typed.
    let change: Money?

    enum Fault: Error, Equatable {
        case badAmount(String)
        case tooLittle(missing: Money)
    }

    /// - Parameter accounts: what accounts pay where they are asked.
    init(_ fields: Fields, due: Money, accounts: ByAccounts = ByAccounts()) throws {
        guard let tender = Tender(rawValue: fields["tender"]) else {
            throw Refusal.tenderUnknown(fields["tender"])
        }
        // What accounts do not hold is paid in cash beside them.
        let drawn = tender == .account ? accounts.total : .zero
        let isSplit = drawn > .zero && accounts.own < due
        tenders =
            isSplit
            ? .listed([.account: accounts.own, .cash: due - drawn], family: accounts.family)
            : .all(tender)
        let cash = tender == .cash ? due : (isSplit ? due - drawn : .zero)
        change = try Payment.change(of: fields["given"], for: cash)
    }

    private static func change(of typed: String, for cash: Money) throws -> Money? {
        guard !typed.isEmpty, cash > .zero else { return nil }
        guard let given = Money(yuan: halfWidth(typed)), given >= .zero else {
            throw Fault.badAmount(typed)
        }
        guard given >= cash else { throw Fault.tooLittle(missing: cash - given) }
        return given - cash
    }
}

/// Digits of a Chinese input method as plain ones.
func halfWidth(_ typed: String) -> String {
    String(
        String.UnicodeScalarView(
            typed.unicodeScalars.map { scalar in
                switch scalar.value {
                case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
                case 0x3002: "."
                default: scalar
                }
            }))
}
