import Journaling
import Vocabulary

/// What else an entry's booking rests on; all of it stands earlier in the same journal.
public struct BookingContext: Sendable {
    /// The entry a void takes back.
    public var voided: Placed?
    /// The close of the same day before this one.
    public var closedBefore: DayClose?

    public init(voided: Placed? = nil, closedBefore: DayClose? = nil) {
        self.voided = voided
        self.closedBefore = closedBefore
    }
}

/// The booking of an entry; `nil` where its amounts do not sum, which sets it aside.
public func book(_ placed: Placed, _ context: BookingContext) -> Booking? {
    switch placed.entry.fact {
    case .visit(let visit): book(visit)
    case .contribution(let receipt): book(receipt)
    case .visitVoid, .contributionVoid:
        context.voided.flatMap { book($0, BookingContext()) }.map { -$0 } ?? .nothing
    case .dayClose(let close): book(close, insteadOf: context.closedBefore)
    case .adjustment(let adjustment): book(adjustment)
    default: .nothing
    }
}

extension Placed {
    /// Whose books and which scheme an entry concerns.
    func concerns(_ context: BookingContext) -> (kiosk: KioskID, scheme: Scheme) {
        switch entry.fact {
        case .visit(let visit): (kiosk, visit.scheme)
        case .adjustment(let adjustment): (adjustment.kiosk, adjustment.scheme)
        case .visitVoid: context.voided?.concerns(BookingContext()) ?? (kiosk, .resident)
        default: (kiosk, .resident)
        }
    }
}

/// Months that were closed, each with what it held.
public struct Closings: Sendable {
    private let through: [Month: [String: Int]]

    /// - Parameter closed: in the order of the county's journal; the first closing of a month stands.
    public init(_ closed: [MonthClosed]) {
        through = Dictionary(closed.map { ($0.month, $0.through) }, uniquingKeysWith: { a, _ in a })
    }

    public func isClosed(_ month: Month) -> Bool { through[month] != nil }

    /// The day an entry is booked on: its own, or where its month was closed without it, the first of
    /// the first month that was not.
    func day(of placed: Placed) -> (day: Day, isLate: Bool) {
        let own = placed.entry.header.day
        var month = Month(of: own)
        while let held = through[month], placed.sequence > held[placed.kiosk.rawValue] ?? 0 {
            month = month.next
        }
        return month == Month(of: own) ? (own, false) : (month.firstDay, true)
    }
}

/// Where an entry's booking stands.
public func place(_ placed: Placed, _ context: BookingContext, _ closings: Closings)
    -> BookingPlace
{
    let (kiosk, scheme) = placed.concerns(context)
    if case .adjustment(let adjustment) = placed.entry.fact {
        return BookingPlace(
            day: placed.entry.header.day, kiosk: kiosk, scheme: scheme, isLate: adjustment.isLate)
    }
    let (day, isLate) = closings.day(of: placed)
    return BookingPlace(day: day, kiosk: kiosk, scheme: scheme, isLate: isLate)
}

/// Bookings of several entries added up, ready to be stored.
public struct Books: Sendable {
    public private(set) var sums: [BookingPlace: [Account: Money]] = [:]

    public init() {}

    public mutating func add(_ booking: Booking, at place: BookingPlace) {
        for (account, amount) in booking.lines {
            sums[place, default: [:]][account, default: .zero] += amount
        }
    }
}
