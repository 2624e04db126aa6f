import Pricing
import Vocabulary

/// A part of one person's yearly limit that one device may spend without asking anybody.
///
/// The escrow of a bounded counter: whatever devices spend apart, they spend what was divided among
/// them, so the sum never passes the limit.
public struct Right: Hashable, Sendable {
    /// Names it for ever: the allotment it was given by, and its place there.
    public let id: String
    /// The journal that may spend it; a device's next journal holds none of the rights of the last.
    public let holder: KioskID
    /// Whose limit it is; relatives who pay from an account spend the rights of its owner.
    public let owner: PersonNumber
    public let year: Int
    public let limit: Counter
    /// In fen, or times where the limit counts times.
    public let amount: Int
    /// The holder spends nothing of it from this moment on.
    public let expires: Instant

    public init(
        id: String, holder: KioskID, owner: PersonNumber, year: Int, limit: Counter, amount: Int,
        expires: Instant
    ) {
        self.id = id
        self.holder = holder
        self.owner = owner
        self.year = year
        self.limit = limit
        self.amount = amount
        self.expires = expires
    }
}

/// What one settlement took of one right; a settlement that was voided took nothing.
public struct Spending: Hashable, Sendable {
    public let right: String
    public let amount: Int
    /// The journal it stands in, and where: what stands behind a closing came too late.
    public let holder: KioskID
    public let sequence: Int

    public init(right: String, amount: Int, holder: KioskID, sequence: Int) {
        self.right = right
        self.amount = amount
        self.holder = holder
        self.sequence = sequence
    }
}

/// The end of a right: released by its holder, or expired and heard of by the county.
public struct Closing: Hashable, Sendable {
    public let right: String
    public let holder: KioskID
    /// Everything the holder spent of it stands at or before this number of its journal.
    public let through: Int

    public init(right: String, holder: KioskID, through: Int) {
        self.right = right
        self.holder = holder
        self.through = through
    }
}

extension Counter {
    /// 个人账户余额: a balance is spent like a limit, by rights.
    public static let ownAccount = Counter(.account, "own")
}
