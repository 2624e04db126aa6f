import Cataloguing
import Foundation
import Identifying
import SmallCounty
import Syncing
import Testing
import Vocabulary

/// Sizes of what travels at night, beside `zstd --patch-from` of the same files.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["BENCH"] != nil), .serialized)
struct BulletinBench {
    private func section(_ bytes: [UInt8]) -> Manifest.Section {
        Manifest.Section(name: "section", bytes: bytes)
    }

    @Test func `one row in a hundred of a catalogue of 250,000`() throws {
        let old = BenchCatalogue.rows(250_000, seed: 11)
        let before = try Lines.encode(old)
        let after = try Lines.encode(BenchCatalogue.changed(old, oneIn: 100, seed: 12))
        var delta: [UInt8] = []
        let making = seconds { delta = compress(after, from: before) }
        var made: [UInt8]?
        let applying = seconds {
            made = apply(delta, to: before, digest: SyncingHash.of(before), as: section(after))
        }
        #expect(made == after)
        var whole: [UInt8] = []
        let packing = seconds { whole = compress(after) }
        guard let rival = try patch(before, after) else {
            return print("zstd is not installed: no ratio for the catalogue's delta")
        }
        #expect(Double(delta.count) <= 1.5 * Double(rival))
        print(
            "catalogue: \(after.count) bytes, whole packed \(whole.count);",
            String(
                format: "delta made in %.1f s, applied in %.2f s; whole packed in %.1f s", making,
                applying, packing))
        print(
            "a 1 % change of 250,000 rows  \(delta.count) bytes  zstd --patch-from \(rival) bytes",
            String(format: " ratio %.2f", Double(delta.count) / Double(rival)))
    }

    @Test func `who is covered among 500,000 people`() throws {
        let county = try CoveredCounty()
        let half: (Int) -> Bool = { $0 &* 0x9E37_79B1 >> 4 & 1 == 0 }
        let first = try county.list(0, { _ in false }, half)
        // 0.05 %: fifty in, fifty out, a hundred and fifty whose state changes.
        let usual = try county.list(1, { $0 % 3_333 == 7 }, half)
        // A day in the collection season: five thousand more have paid for next year.
        let busy = try county.list(1, { $0 % 3_333 == 7 }, { half($0) || $0 % 50 == 1 })
        let packed = compress(first)
        let deltas = [usual, busy].map { compress($0, from: first) }
        var made: [UInt8]?
        let applying = seconds {
            made = apply(deltas[0], to: first, digest: SyncingHash.of(first), as: section(usual))
        }
        #expect(made == usual)
        #expect(packed.count < 8_000_000 && deltas[0].count < 20_000)
        let looking = try lookUp(county, in: usual)
        print(
            "coverage of 500,000: first \(packed.count) bytes, usual day \(deltas[0].count),",
            "day of collecting \(deltas[1].count);",
            String(format: "applied in %.2f s, looked up in %.1f us", applying, looking * 1e3))
        if let rival = try patch(first, usual) {
            print(
                "a usual day of the coverage list  \(deltas[0].count) bytes",
                " zstd --patch-from \(rival) bytes",
                String(format: " ratio %.2f", Double(deltas[0].count) / Double(rival)))
        }
    }

    /// Seconds for a thousand look-ups.
    private func lookUp(_ county: CoveredCounty, in bytes: [UInt8]) throws -> Double {
        let held = try #require(CoverageList(bytes: bytes))
        var found = 0
        let looking = seconds {
            for index in stride(from: 100, to: 500_000, by: 500) {
                found += held.mark(of: county.people[index], key: county.key) == nil ? 0 : 1
            }
        }
        #expect(found == 1_000)
        return looking
    }

    @Test func `a night of a township's roll`() throws {
        let county = try SmallCounty(people: 20_000)
        var members = county.members
        func roll(_ asOf: Instant) throws -> [UInt8] {
            try Lines.encode([
                RollHeading(asOf: asOf, township: SmallCounty.township, count: members.count)
            ]) + Lines.encode(members.sorted { $0.number < $1.number })
        }
        let now = county.clock.clock.now()
        let before = try roll(now)
        for index in stride(from: 0, to: members.count, by: 1_000) {
            members[index].coverage.pay(2027, on: now.day)
        }
        let after = try roll(now.adding(seconds: 86_400))
        let delta = compress(after, from: before)
        let whole = compress(after)
        print(
            "a night of a roll of \(members.count), one in a thousand has paid",
            " \(delta.count) bytes  whole \(whole.count) bytes",
            String(format: " ratio %.4f", Double(delta.count) / Double(whole.count)))
    }

    /// What the command-line tool makes of two files; `nil` where it is missing.
    private func patch(_ old: [UInt8], _ new: [UInt8]) throws -> Int? {
        let folder = try TestFolder()
        let paths = ["old", "new", "patch"].map { folder.path + "/" + $0 }
        try Data(old).write(to: URL(fileURLWithPath: paths[0]))
        try Data(new).write(to: URL(fileURLWithPath: paths[1]))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "zstd", "-q", "--patch-from=\(paths[0])", paths[1], "-o", paths[2],
        ]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return nil }
        return try Data(contentsOf: URL(fileURLWithPath: paths[2])).count
    }
}

/// Half a million people; every day fifty leave the list and fifty are new.
struct CoveredCounty {
    let key: CoverageKey
    let people: [IdentityNumber]

    init() throws {
        key = try #require(CoverageKey(hex: String(repeating: "c7", count: 32)))
        people = try (0..<500_200).map { try BenchCatalogue.person($0) }
    }

    func list(_ day: Int, _ changed: (Int) -> Bool, _ nextYear: (Int) -> Bool) throws -> [UInt8] {
        let asOf = Instant(startOf: Day("2026-11-22") ?? Day(number: 0))
        return try CoverageList.encode(
            (day * 50..<(500_000 + day * 50)).map { index in
                CoverageList.Row(
                    identity: people[index], credential: index,
                    mark: CoverageMark(
                        covered: (index % 20 != 3) != changed(index), nextYear: nextYear(index),
                        scheme: .resident))
            }, asOf: asOf.adding(seconds: day * 86_400), key: key)
    }
}

/// Catalogue rows and people of invented names and numbers, in the shape the county publishes.
enum BenchCatalogue {
    private static let words = Array(
        "阿安奥巴贝苯比吡丙布达地丁多恩法芬氟福复甘格汞海环磺己甲精卡康克拉来兰利磷硫氯罗麻美莫纳尼宁诺帕硼普青氢去瑞塞沙司舒他坦特替头维西硝辛溴烟盐叶伊依异吲英右孕左")
    private static let forms = ["片", "胶囊", "颗粒", "注射液", "缓释片", "口服液", "软膏", "丸"]

    static func rows(_ count: Int, seed: UInt64) -> [CatalogueItem] {
        var numbers = SeededNumbers(seed: seed)
        var names: [String] = []
        for _ in 0..<(count / 20) {
            let roots = (0..<(3 + numbers.next(below: 5))).map { _ in
                words[numbers.next(below: words.count)]
            }
            names.append(String(roots) + forms[numbers.next(below: forms.count)])
        }
        return (0..<count).map { index in
            let name = names[numbers.next(below: names.count)]
            let price = Money(fen: 100 + numbers.next(below: 60_000))
            let own = numbers.next(below: 3)
            var item = CatalogueItem(
                code: "XA\(100_000_000 + index * 3)A001010\(100_000 + index % 7_919)", name: name,
                itemClass: own == 0 ? .a : .b, ownShare: .zero,
                priceLimit: numbers.next(below: 2) == 0 ? nil : price + Money(fen: 500),
                price: price, feeType: .westernMedicine,
                validFrom: Day("2026-01-01") ?? Day(number: 0))
            item.initials = Pinyin.initials(of: name)
            item.specification = "\(5 * (1 + numbers.next(below: 100)))mg"
            item.unit = "盒"
            item.daysPerUnit = 1 + numbers.next(below: 30)
            return item
        }
    }

    /// Most changes are new prices; some rows come, some go.
    static func changed(
        _ rows: [CatalogueItem], oneIn: Int, seed: UInt64
    ) -> [CatalogueItem] {
        var numbers = SeededNumbers(seed: seed)
        var changed = rows
        let count = rows.count / oneIn
        for _ in 0..<(count * 8 / 10) {
            let place = numbers.next(below: changed.count)
            changed[place].price = Money(fen: 100 + numbers.next(below: 60_000))
        }
        for _ in 0..<(count / 10) { changed.remove(at: numbers.next(below: changed.count)) }
        for var item in Self.rows(count / 10, seed: seed + 1) {
            item.code = "XB" + item.code.dropFirst(2)
            changed.append(item)
        }
        return changed.sorted { ($0.code, $0.validFrom) < ($1.code, $1.validFrom) }
    }

    /// Synthetic numbers of a region that does not exist, all different.
    static func person(_ index: Int) throws -> IdentityNumber {
        let parts = [
            (1930 + index % 90, 4), (1 + index / 90 % 12, 2), (1 + index / 1_080 % 28, 2),
            (index / 30_240, 3),
        ]
        let digits = parts.map { value, width in
            String(repeating: "0", count: width - String(value).count) + String(value)
        }
        return try IdentityNumber(first17: "999999" + digits.joined())
    }
}
