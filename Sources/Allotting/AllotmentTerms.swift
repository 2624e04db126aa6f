import Pricing
import Rules
import Vocabulary

/// What a kiosk that holds no right may do.
public enum AllotmentMode: String, Sendable, CaseIterable {
    /// Nothing: the person pays, the fund's part follows after the merge. Overspend is zero.
    case strict
    /// A small amount for each person, limit and kiosk in a year; the worst case is what it is.
    case floor
    /// Whatever the kiosk believes is left; nothing is divided.
    case optimistic
}

/// How yearly limits are divided: the parameters under `common/allotment`.
public struct AllotmentTerms: Hashable, Sendable {
    public let mode: AllotmentMode
    /// The limits that are divided; others are spent as far as a kiosk knows.
    public let limits: [Counter]
    /// Share of what is unspent that the county keeps.
    public let reserve: Share
    /// The home kiosk is refilled once it holds less than this share of its part.
    public let refillBelow: Share
    /// Days that a right of the home kiosk is good.
    public let validDays: Int
    /// Days that a right drawn for one visit is good.
    public let drawnDays: Int
    /// Days before a year begins on which its rights are first given.
    public let aheadDays: Int
    /// What a kiosk without a right may pay in a year for a person and limit.
    public let floor: Money
    /// Where the mode is written, for reasons on slips.
    public let citation: Citation?

    /// A region that says nothing divides nothing.
    public static let none = AllotmentTerms()

    private init() {
        mode = .optimistic
        limits = []
        (reserve, refillBelow) = (.zero, .zero)
        (validDays, drawnDays, aheadDays) = (0, 0, 0)
        floor = .zero
        citation = nil
    }

    public static let folder = "common/allotment"

    /// The terms of a day.
    ///
    /// - Throws: ``RulebookFault`` where limits are to be divided and a figure for it is missing.
    public init(by rules: Rulebook, on day: Day) throws(RulebookFault) {
        let folder = rules.folder(AllotmentTerms.folder)
        guard let word = try folder.word("mode", on: day) else {
            self = .none
            return
        }
        guard let mode = AllotmentMode(rawValue: word.value) else {
            throw .kind(parameter: folder.path + "/mode")
        }
        guard mode != .optimistic else {
            self = .none
            return
        }
        self.mode = mode
        citation = word.citation
        let names = try folder.require(try folder.words("limits", on: day), "limits").value
        limits = names.compactMap(Counter.init)
        guard limits.count == names.count, limits.allSatisfy({ $0.period == .year }) else {
            throw .kind(parameter: folder.path + "/limits")
        }
        reserve = try folder.require(try folder.share("reserve", on: day), "reserve").value
        refillBelow = try folder.require(
            try folder.share("refill_below", on: day), "refill_below"
        ).value
        validDays = try folder.require(try folder.count("valid_days", on: day), "valid_days").value
        drawnDays = try folder.require(try folder.count("drawn_days", on: day), "drawn_days").value
        aheadDays = try folder.require(try folder.count("ahead_days", on: day), "ahead_days").value
        floor =
            mode == .floor
            ? try folder.require(try folder.money("floor", on: day), "floor").value : .zero
    }

    public var isDivided: Bool { mode != .optimistic }

    /// Floors by limit: only money has one.
    public var floors: [Counter: Int] {
        Dictionary(limits.filter { !$0.countsTimes && $0 != .ownAccount }.map { ($0, floor.fen) }) {
            first, _ in first
        }
    }
}
