import SmallCounty
import Syncing
import Testing
import Vocabulary

@Suite struct CoverageListTests {
    let key: CoverageKey

    init() throws { key = try #require(CoverageKey(hex: String(repeating: "5a", count: 32))) }

    private let asOf = Instant(startOf: Day("2026-11-22") ?? Day(number: 0))

    /// Synthetic people: numbers of a region that does not exist.
    static func person(_ index: Int) throws -> IdentityNumber {
        let year = 1930 + index % 90
        let month = 1 + index / 90 % 12
        let day = 1 + index / 1_080 % 28
        let digits = [(year, 4), (month, 2), (day, 2), (index / 30_240 % 1_000, 3)].map {
            String(repeating: "0", count: $0.1 - String($0.0).count) + String($0.0)
        }
        return try IdentityNumber(first17: "999999" + digits.joined())
    }

    static func rows(_ count: Int, change: (Int) -> Bool = { _ in false }) throws
        -> [CoverageList.Row]
    {
        try (0..<count).map { index in
            let covered = (index % 20 != 3) != change(index)
            return CoverageList.Row(
                identity: try person(index), credential: index,
                mark: CoverageMark(
                    covered: covered, nextYear: index % 3 == 0,
                    scheme: index % 8 == 0 ? .employee : .resident))
        }
    }

    @Test func `everybody is found by number and by credential, nobody else`() throws {
        let rows = try Self.rows(5_000)
        let bytes = try CoverageList.encode(rows, asOf: asOf, key: key)
        let list = try #require(CoverageList(bytes: bytes))
        for row in rows {
            #expect(list.mark(of: row.identity, key: key) == row.mark)
            #expect(list.mark(ofCredential: row.credential) == row.mark)
        }
        for index in 5_000..<8_000 {
            #expect(list.mark(of: try Self.person(index), key: key) == nil)
            #expect(list.mark(ofCredential: index) == nil)
        }
        #expect(list.mark(ofCredential: -1) == nil)
        let other = try #require(CoverageKey(hex: String(repeating: "5b", count: 32)))
        #expect(rows.allSatisfy { list.mark(of: $0.identity, key: other) == nil })
    }

    @Test func `an index that nobody has is nobody, and the highest is somebody`() throws {
        var rows = try Self.rows(2)
        rows[1].credential = 5
        let list = try #require(
            CoverageList(bytes: try CoverageList.encode(rows, asOf: asOf, key: key)))
        #expect(list.heading.credentials == 6)
        for index in 1..<5 { #expect(list.mark(ofCredential: index) == nil) }
        #expect(list.mark(ofCredential: 5) == rows[1].mark)
        let none = try #require(
            CoverageList(bytes: try CoverageList.encode([], asOf: asOf, key: key)))
        #expect(none.heading.credentials == 0 && none.mark(ofCredential: 0) == nil)
    }

    @Test func `the list speaks of its year and the next`() throws {
        let list = try #require(
            CoverageList(
                bytes: try CoverageList.encode(try Self.rows(4), asOf: asOf, key: key)))
        let marks = try (0..<4).map { try #require(list.mark(ofCredential: $0)) }
        #expect(marks.map { list.covers($0, in: 2026) } == [true, true, true, false])
        #expect(marks.map { list.covers($0, in: 2027) } == [true, false, false, true])
        #expect(list.covers(marks[0], in: 2028) == nil && list.covers(marks[0], in: 2025) == nil)
        #expect(marks.map(\.scheme) == [.employee, .resident, .resident, .resident])
    }

    @Test func `a list names nobody and is no other size than it says`() throws {
        let rows = try Self.rows(50)
        let bytes = try CoverageList.encode(rows, asOf: asOf, key: key)
        let text = String(decoding: bytes, as: UTF8.self)
        for row in rows {
            let number = row.identity.description
            #expect(!text.contains(number) && !text.contains(number.suffix(8)))
        }
        for cut in 0..<bytes.count {
            #expect(CoverageList(bytes: Array(bytes[..<cut])) == nil)
        }
        #expect(CoverageList(bytes: bytes + [0]) == nil)
        for heading in [
            #"{"asOf":0,"credentials":-9,"people":1,"year":2026}"#,
            #"{"asOf":0,"credentials":0,"people":99999999999999999,"year":2026}"#,
        ] { #expect(CoverageList(bytes: Array((heading + "\n").utf8)) == nil) }
        #expect(CoverageKey(hex: "5a") == nil && CoverageKey(hex: "") == nil)
    }

    @Test func `a usual day of a small county costs what it changes`() throws {
        let (before, after) = (
            try CoverageList.encode(try Self.rows(20_000), asOf: asOf, key: key),
            try CoverageList.encode(
                try Self.rows(20_000) { $0 % 2_000 == 7 }, asOf: asOf.adding(seconds: 86_400),
                key: key)
        )
        let delta = compress(after, from: before)
        #expect(delta.count < 1_000, "\(delta.count)")
        #expect(try decompress(delta, from: before, size: after.count) == after)
    }

    /// Revocations are listed one by one: no number is revoked by chance.
    @Test func `ten thousand revocations are exact, small, and a day of them smaller`() throws {
        var numbers = SeededNumbers(seed: 5)
        let day = asOf.day
        let revoked = Set((0..<10_000).map { _ in numbers.next(below: 500_000) })
        func section(_ credentials: Set<Int>) throws -> [UInt8] {
            try Lines.encode(credentials.sorted().map { Revocation(credential: $0, day: day) })
        }
        let before = try section(revoked)
        let later = revoked.union((0..<20).map { _ in numbers.next(below: 500_000) })
        let after = try section(later)
        #expect(compress(before).count <= 64 * 1024, "\(compress(before).count)")
        let delta = compress(after, from: before)
        #expect(delta.count <= 1024, "\(delta.count)")
        let rows = try Lines.decode(
            Revocation.self, from: try decompress(delta, from: before, size: after.count))
        #expect(Set(rows.map(\.credential)) == later)
    }
}
