import Pricing
import Vocabulary

/// A named account of the county's books (科目). Debits are positive.
///
/// Clinic and fund keep their own side of every claim, so ``clinicReceivable`` and ``clinicPayable``
/// of the same period always come to nothing together.
public struct Account: RawRepresentable, Hashable, Comparable, Sendable, Codable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    /// What the clinic earned by treating.
    public static let clinicIncome = Account(rawValue: "clinicIncome")
    /// What the clinic claims from the county.
    public static let clinicReceivable = Account(rawValue: "clinicReceivable")
    /// What the clinic bears: its part of a bill, and differences laid on it.
    public static let clinicBears = Account(rawValue: "clinicBears")
    /// What the county owes the clinic.
    public static let clinicPayable = Account(rawValue: "clinicPayable")
    /// Drawn from personal accounts (个人账户).
    public static let personalAccount = Account(rawValue: "personalAccount")
    /// What people owe the fund, or (negative) are owed, until their next visit.
    public static let person = Account(rawValue: "person")
    /// Paid too much and borne by the fund itself.
    public static let absorbed = Account(rawValue: "absorbed")
    public static let cashDrawer = Account(rawValue: "cashDrawer")
    public static let bankCard = Account(rawValue: "bankCard")
    /// Cash counted at the close and on its way to the bank (在途).
    public static let inTransit = Account(rawValue: "inTransit")
    /// Counted less than expected, or (negative) more.
    public static let cashDifference = Account(rawValue: "cashDifference")
    /// Contributions received for the fund and not yet handed over.
    public static let contributionsDue = Account(rawValue: "contributionsDue")
    /// The same money from the fund's side.
    public static let remittance = Account(rawValue: "remittance")
    /// What the treasury owes for subsidised people (资助参保).
    public static let assistance = Account(rawValue: "assistance")
    /// The fund's income from contributions.
    public static let contributionIncome = Account(rawValue: "contributionIncome")

    /// What a fund paid out, by its national field name.
    public static func fund(_ name: String) -> Account { Account(rawValue: "fund." + name) }

    public var fundName: String? {
        rawValue.hasPrefix("fund.") ? String(rawValue.dropFirst("fund.".count)) : nil
    }

    public static func < (a: Account, b: Account) -> Bool { a.rawValue < b.rawValue }
}

/// What one entry moves between accounts; comes to nothing, or it cannot be made.
public struct Booking: Hashable, Sendable {
    public let lines: [Account: Money]

    /// `nil` where the lines do not sum to zero.
    public init?(_ lines: [(Account, Money)]) {
        var sums = [Account: Money](minimumCapacity: lines.count)
        for (account, amount) in lines where amount != .zero {
            sums[account, default: .zero] += amount
        }
        guard sums.values.sum() == .zero else { return nil }
        self.lines = sums.values.contains(.zero) ? sums.filter { $0.value != .zero } : sums
    }

    private init(checked lines: [Account: Money]) { self.lines = lines }

    public static let nothing = Booking(checked: [:])

    public static prefix func - (booking: Booking) -> Booking {
        Booking(checked: booking.lines.mapValues { -$0 })
    }
}

/// Where a booking stands in the books.
public struct BookingPlace: Hashable, Sendable {
    /// The business day, or the first day of an open month for what came late.
    public let day: Day
    /// The kiosk whose clinic or desk it concerns.
    public let kiosk: KioskID
    public let scheme: Scheme
    public let isLate: Bool

    public init(day: Day, kiosk: KioskID, scheme: Scheme, isLate: Bool) {
        self.day = day
        self.kiosk = kiosk
        self.scheme = scheme
        self.isLate = isLate
    }
}
