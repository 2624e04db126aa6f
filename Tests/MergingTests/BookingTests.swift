import Identifying
import Journaling
import Merging
import Testing
import Vocabulary

/// What entries move between accounts, and in which month.
@Suite struct BookingTests {
    let histories: Histories

    init() throws { histories = try Histories() }

    @Test func `a booking that does not come to nothing is none`() {
        func booking(_ fen: Int) -> Booking? {
            Booking([(.cashDrawer, Money(fen: 500)), (.clinicIncome, Money(fen: fen))])
        }
        #expect(booking(-500) != nil)
        for fen in [-501, -499, 0, 500] { #expect(booking(fen) == nil) }
    }

    @Test func `a void is booked the other way round`() throws {
        var story = Story(histories)
        let visit = try story.visit("K0001", fen: 40_000)
        let void = try story.void(visit)
        let lines = try #require(book(visit, BookingContext())).lines
        #expect(!lines.isEmpty)
        let back = try #require(book(void, BookingContext(voided: visit))).lines
        #expect(back == lines.mapValues { -$0 })
    }

    @Test func `what a month was closed with stays there, and the rest is late`() throws {
        var story = Story(histories)
        let inside = try story.visit("K0001", fen: 40_000)
        let late = try story.visit("K0001", fen: 40_000, day: 1)
        let month = Month(of: histories.day)
        let closings = Closings([MonthClosed(month: month, through: ["K0001": 1])])
        let first = places(inside, BookingContext(), closings)
        #expect(first.map(\.place.day) == [histories.day])
        #expect(first.map(\.place.isLate) == [false] && first.map(\.isTakenBack) == [false])
        let second = places(late, BookingContext(), closings)
        #expect(second.map(\.place.day) == [month.next.firstDay])
        #expect(second.map(\.place.isLate) == [true] && second.map(\.isTakenBack) == [false])
    }

    @Test func `a second close of a day is booked as what it changes`() throws {
        func close(_ counted: Int, _ difference: Int) -> DayClose {
            DayClose(
                identity: "c\(counted)", expected: [:], counted: Money(fen: counted), pieces: [:],
                difference: Money(fen: difference), sentence: "")
        }
        var story = Story(histories)
        let kiosk = try #require(KioskID(rawValue: "K0001"))
        let placed = try story.say(.dayClose(close(500, 20)), at: kiosk)
        let alone = try #require(book(placed, BookingContext())).lines
        #expect(
            alone.mapValues(\.fen) == [.inTransit: 500, .cashDifference: -20, .cashDrawer: -480])
        let context = BookingContext(closedBefore: close(300, -10))
        let second = try #require(book(placed, context)).lines
        #expect(
            second.mapValues(\.fen) == [.inTransit: 200, .cashDifference: -30, .cashDrawer: -170])
    }

    @Test func `what a clinic bears it claims no more`() throws {
        var story = Story(histories)
        let kiosk = try #require(KioskID(rawValue: "C0001"))
        let adjustment = Adjustment(
            identity: "a", person: histories.person.number, year: 2026, kiosk: kiosk, sequence: 1,
            hash: nil, scheme: .resident, difference: ["hifp_pay": Money(fen: -700)],
            reason: .limitOverspent, bearer: .clinic, isLate: false)
        let placed = try story.say(.adjustment(adjustment), at: kiosk)
        let lines = try #require(book(placed, BookingContext())).lines
        #expect(
            lines.mapValues(\.fen) == [
                .fund("hifp_pay"): -700, .clinicPayable: 700, .clinicReceivable: -700,
                .clinicBears: 700,
            ])
    }

    @Test func `what comes from an account is collected at no desk`() throws {
        var story = Story(histories)
        let placed = try story.receipt("K0001", 100)
        guard case .contribution(var receipt) = placed.entry.fact else { return }
        let cash = try #require(receipt.tenders["cash"])
        receipt.tenders = ["account": cash]
        let other = try story.say(.contribution(receipt), at: placed.kiosk)
        let lines = try #require(book(other, BookingContext())).lines
        #expect(lines[.personalAccount] == cash && lines[.remittance] == nil)
        #expect(lines[.contributionsDue] == nil && lines[.cashDrawer] == nil)
        let paid = try #require(book(placed, BookingContext())).lines
        #expect(paid[.remittance] == cash && paid[.cashDrawer] == cash)
    }

    @Test func `bookings at one place are added up`() throws {
        var story = Story(histories)
        let place = BookingPlace(
            day: histories.day, kiosk: .nobody, scheme: .resident, isLate: false)
        let first = try #require(book(try story.visit("K0001", fen: 40_000), BookingContext()))
        let second = try #require(book(try story.visit("K0001", fen: 500), BookingContext()))
        var books = Books()
        books.add(first, at: place)
        books.add(second, at: place)
        #expect(books.sums[place]?[.clinicIncome] == Money(fen: -40_500))
    }
}
