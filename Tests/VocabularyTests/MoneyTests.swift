import Testing
import Vocabulary

@Suite struct MoneyTests {
    @Test(arguments: [
        ("18.4", 1840), ("18.40", 1840), ("18", 1800), ("0.01", 1), ("-3.00", -300), ("0", 0),
        ("9999999999.99", 999_999_999_999),
    ])
    func `an amount in yuan is read to the fen`(text: String, fen: Int) {
        #expect(Money(yuan: text)?.fen == fen)
    }

    @Test(arguments: [
        "18.405", "", ".5", "5.", "1,000.00", "1e3", "＋5", "10000000000.00", "--1", "五",
        "99999999999999999999",
    ])
    func `anything else is refused, never rounded`(text: String) {
        #expect(Money(yuan: text) == nil)
    }

    @Test(arguments: [
        // amount in fen, millionths, result; half goes away from zero
        (1, 500_000, 1), (3333, 500_000, 1667), (-3333, 500_000, -1667), (452, 50_000, 23),
        (100, 333_333, 33), (0, 500_000, 0), (5, 100_000, 1), (4, 100_000, 0),
    ])
    func `a share is rounded half up to the fen`(fen: Int, millionths: Int, result: Int) {
        #expect(Money(fen: fen).share(Share(millionths: millionths)).fen == result)
    }

    @Test func `a share and its complement lose nothing by subtraction`() {
        for fen in 0...2_000 {
            let whole = Money(fen: fen)
            let part = whole.share(Share(millionths: 700_000))
            #expect(part >= .zero && whole - part >= .zero && part + (whole - part) == whole)
        }
    }

    @Test(arguments: [("2", "12.60", "25.20"), ("0.5", "0.01", "0.01"), ("1.5", "3.33", "5.00")])
    func `a price times a quantity is rounded half up`(count: String, price: String, cost: String) {
        let quantity = Quantity(count) ?? .one
        #expect(Money(yuan: price)?.cost(of: quantity).description == cost)
    }

    @Test(arguments: ["9999999999999", "1.0000001", "-0.1", "1.1"])
    func `a share outside nought and one is refused without overflowing`(text: String) {
        #expect(Share(text) == nil)
    }

    @Test(arguments: ["0", "-1", "10000", "1.23456", "x", ""])
    func `an absurd quantity is refused`(text: String) { #expect(Quantity(text) == nil) }
}

@Suite struct DayTests {
    @Test func `every day of four centuries survives its own text`() throws {
        let first = try #require(Day("1900-01-01")).number
        let last = try #require(Day("2300-12-31")).number
        for number in first...last {
            let day = Day(number: number)
            #expect(Day(day.description) == day)
        }
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-10", "26-01-01", "2026/01/01", "2026-1-1",
        "20.6-01-01",
    ])
    func `a day the calendar does not have is refused`(text: String) { #expect(Day(text) == nil) }

    @Test func `a business day begins at midnight in Beijing`() throws {
        let day = try #require(Day("2026-11-22"))
        let midnight = Instant(startOf: day)
        #expect(midnight.day == day)
        #expect(Instant(milliseconds: midnight.milliseconds - 1).day == day.adding(days: -1))
        #expect(midnight.description == "2026-11-22 00:00:00")
    }

    @Test func `age counts birthdays, also for the twenty-ninth of February`() throws {
        let birth = try #require(Day("2004-02-29"))
        #expect(try #require(Day("2026-02-28")).age(bornOn: birth) == 21)
        #expect(try #require(Day("2026-03-01")).age(bornOn: birth) == 22)
    }
}

@Suite struct IdentityNumberTests {
    @Test func `a well-formed number gives birth day and sex`() throws {
        let number = try IdentityNumber("419925196305124345")
        #expect(number.birth == Day("1963-05-12"))
        #expect(number.sex == .female)
        #expect(number.masked == "419925**********45")
    }

    @Test func `every single wrong digit is noticed`() throws {
        let good = Array("419925196305124345")
        for place in good.indices {
            for digit in "0123456789" where digit != good[place] {
                var wrong = good
                wrong[place] = digit
                #expect(throws: IdentityNumber.Fault.self) { try IdentityNumber(String(wrong)) }
            }
        }
    }

    @Test(arguments: [
        ("41992519630512434", IdentityNumber.Fault.length(17)),
        ("41992519631512434X", .birthDate), ("41992519630512434A", .character),
        ("419925196305124346", .checkCharacter),
    ])
    func `the fault says what is wrong`(text: String, fault: IdentityNumber.Fault) {
        #expect(throws: fault) { try IdentityNumber(text) }
    }
}
