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
    private let closed: [Month: MonthClosed]
    /// Of forked journals, entries beyond the trunk that stood in the books when a month was closed.
    private let inside: [Month: [KioskID: Set<Fingerprint>]]

    /// - Parameters:
    ///   - closed: in the order of the county's journal; the first closing of a month stands.
    ///   - standing: of a forked journal under a closing, what lies behind the heads that stood.
    public init(
        _ closed: [MonthClosed], standing: [KioskID: (MonthClosed) -> Set<Fingerprint>] = [:]
    ) {
        self.closed = Dictionary(
            closed.map { ($0.month, $0) }, uniquingKeysWith: { first, _ in first })
        inside = self.closed.mapValues { closing in standing.mapValues { $0(closing) } }
    }

    public func isClosed(_ month: Month) -> Bool { closed[month] != nil }

    public var isEmpty: Bool { closed.isEmpty }

    /// Whether a month was closed with an entry in its books; `nil` for an open month.
    private func held(_ placed: Placed, in month: Month) -> Bool? {
        guard let closing = closed[month] else { return nil }
        guard placed.branch == nil else {
            return inside[month]?[placed.kiosk]?.contains(placed.entry.hash) ?? false
        }
        return placed.sequence <= closing.through[placed.kiosk.rawValue] ?? 0
    }

    /// Where an entry is booked: on its own day, or where its month was closed without it, on the
    /// first of the first month that was not. What stood in a closed month and counts no more is
    /// taken back in the first month that was closed without it, or is open.
    func days(of placed: Placed) -> [(day: Day, isLate: Bool, isTakenBack: Bool)] {
        let own = Month(of: placed.entry.header.day)
        let counts = placed.branch == nil || placed.branch == .counts
        var (month, stands) = (own, false)
        var days: [(day: Day, isLate: Bool, isTakenBack: Bool)] = []
        func turn() {
            stands.toggle()
            let day = month == own ? placed.entry.header.day : month.firstDay
            days.append((day, month != own, !stands))
        }
        while let held = held(placed, in: month) {
            if held != stands { turn() }
            month = month.next
        }
        if counts != stands { turn() }
        return days
    }
}

/// Where an entry's booking stands, and where it was taken back.
public func places(_ placed: Placed, _ context: BookingContext, _ closings: Closings)
    -> [(place: BookingPlace, isTakenBack: Bool)]
{
    let (kiosk, scheme) = placed.concerns(context)
    if case .adjustment(let adjustment) = placed.entry.fact {
        guard placed.branch == nil || placed.branch == .counts else { return [] }
        let place = BookingPlace(
            day: placed.entry.header.day, kiosk: kiosk, scheme: scheme, isLate: adjustment.isLate)
        return [(place, false)]
    }
    return closings.days(of: placed).map { day, isLate, isTakenBack in
        (BookingPlace(day: day, kiosk: kiosk, scheme: scheme, isLate: isLate), isTakenBack)
    }
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

    /// Books an entry wherever it stands, or with `taking` the other way round.
    public mutating func add(
        _ booking: Booking, at places: [(place: BookingPlace, isTakenBack: Bool)],
        taking: Bool = false
    ) {
        for (place, isTakenBack) in places {
            add(isTakenBack == taking ? booking : -booking, at: place)
        }
    }
}
