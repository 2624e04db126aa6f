import Foundation
import Testing
import Vocabulary

@testable import Cataloguing

@Suite struct SearchTests {
    // The library reads each character by itself; names of the trade are read by the word.
    @Test(arguments: [
        ("阿莫西林胶囊", "amxljn"), ("苯磺酸氨氯地平片", "bhsaldpp"), ("重组人胰岛素", "czryds"),
        ("参苓白术散", "slbzs"), ("手术", "ss"), ("长春西汀注射液", "ccxtzsy"), ("生长抑素", "szys"),
        ("止咳糖浆", "zktj"), ("佛手", "fs"), ("阿胶", "ej"), ("维生素B12片", "wssb12p"),
        ("硝苯地平缓释片(Ⅱ)", "xbdphsp"), ("氢化可的松", "qhkds"), ("调经丸", "tjw"), ("（）", ""),
    ]) func `initials as catalogues print them`(_ name: String, _ initials: String) {
        #expect(Pinyin.initials(of: name) == initials)
    }

    private func index(_ names: [String]) -> TailIndex {
        TailIndex(names.map { SearchTerms(names: [$0]) })
    }

    private func found(_ typed: String, in names: [String]) -> [String] {
        index(names).matches(typed, limit: 9).map { names[$0.entry] }
    }

    @Test(arguments: [
        "阿", "莫西", "林", "amx", "xl", "AMXL", "amoxilin", "moxi", "xilin", "ａｍｘ", "a mo xi lin",
        "阿莫西林", "e mo xi",
    ]) func `a drug is found by any part of its name`(_ typed: String) {
        let names = ["青霉素", "阿莫西林", "甲硝唑"]
        #expect(found(typed, in: names) == (typed == "e mo xi" ? [] : ["阿莫西林"]))
    }

    @Test func `a polyphone is found as it is read and as people type it`() {
        for typed in ["bz", "baizhu", "bs", "baishu", "zhusan", "shusan"] {
            #expect(found(typed, in: ["白术散", "当归"]) == ["白术散"], "\(typed)")
        }
        #expect(found("lvhuaan", in: ["氯化铵"]) == ["氯化铵"])
        #expect(found("lvsuan", in: ["氯酸", "绿酸"]).count == 2)
    }

    @Test func `a syllable is not cut in the middle`() {
        // "ang" is inside "huang", but nobody thinks of 黄 by it.
        #expect(found("ang", in: ["大黄"]) == [])
        #expect(found("huang", in: ["大黄"]) == ["大黄"])
    }

    @Test func `the beginning of a name goes before its inside, and codes go last`() {
        let index = TailIndex([
            SearchTerms(names: ["复方安和"]), SearchTerms(names: ["心安"], codes: ["ANHE1"]),
            SearchTerms(names: ["安和"]), SearchTerms(names: ["安和颗粒"]),
        ])
        #expect(index.matches("安和", limit: 9).map(\.entry) == [2, 3, 0])
        #expect(index.matches("安和", limit: 9).map(\.atStart) == [true, true, false])
        #expect(index.matches("anhe", limit: 9).map(\.entry) == [2, 3, 0, 1])
        #expect(index.matches("an", limit: 2).map(\.entry) == [2, 3])
        #expect(index.matches("he1", limit: 9).isEmpty)
    }

    @Test func `nothing typed, nothing indexed, nothing found`() {
        #expect(index([]).matches("a", limit: 9).isEmpty)
        #expect(index(["安和"]).matches(" ", limit: 9).isEmpty)
        #expect(index(["安和"]).matches("\u{0}", limit: 9).isEmpty)
        #expect(index(["安和"]).matches("安", limit: 0).isEmpty)
        #expect(index(["", "安和"]).matches("安", limit: 9).map(\.entry) == [1])
    }

    /// The plainest search there is: every text of every entry, looked through.
    private func naive(_ typed: String, _ entries: [[SearchKey]], _ limit: Int) -> [TailIndex.Match]
    {
        let sought = Array(searchable(typed).utf8)
        guard !sought.isEmpty else { return [] }
        let ranked = entries.enumerated().compactMap { entry, keys -> TailIndex.Match? in
            var best: Bool?
            for key in keys {
                for start in key.starts where key.bytes[start...].starts(with: sought) {
                    best = (best ?? false) || (start == 0 && !key.isCode)
                }
            }
            return best.map { TailIndex.Match(entry: entry, atStart: $0) }
        }
        return Array((ranked.filter(\.atStart) + ranked.filter { !$0.atStart }).prefix(limit))
    }

    @Test(arguments: 0..<30) func `finds what looking through everything finds`(_ seed: UInt64) {
        var random = Seeded(state: seed)
        let letters = Array("安和青岚片术白地长0Ba阿参（Ⅱ）")
        func name(_ most: Int) -> String {
            String(
                (0...Int.random(in: 0..<most, using: &random)).map { _ in
                    letters.randomElement(using: &random) ?? "安"
                })
        }
        let entries = (0..<120).map { number in
            SearchTerms(
                names: (0...(number % 2)).map { _ in name(6) }, initials: ["ah\(number % 7)"],
                codes: ["X\(number)"])
        }
        let (index, keys) = (TailIndex(entries), entries.map(\.keys))
        let typed =
            (0..<60).map { _ in name(3) }
            + ["a", "q", "p", "an", "he", "qing", "ah3", "x1", "x11", "bz", "bs", "di", "de", "z"]
        for text in typed {
            for limit in [1, 9, 500] {
                #expect(
                    index.matches(text, limit: limit) == naive(text, keys, limit),
                    "\(text) of seed \(seed)")
            }
        }
    }

    @Test func `damaged bytes are refused or answered, never followed`() {
        let bytes = index(Samples.names).bytes
        #expect(TailIndex(bytes: bytes)?.matches("安", limit: 9).isEmpty == false)
        for count in stride(from: 0, to: bytes.count, by: 31) {
            #expect(TailIndex(bytes: bytes.prefix(count)) == nil)
        }
        var random = Seeded(state: 9)
        for _ in 0..<500 {
            var damaged = bytes
            damaged[Int.random(in: 0..<damaged.count, using: &random)] = 0xFF
            for match in TailIndex(bytes: damaged)?.matches("安", limit: 9) ?? [] {
                #expect(match.entry < TailIndex(bytes: damaged)?.entryCount ?? 0)
            }
        }
    }

    @Test func `the index of a directory is made once and mapped after`() throws {
        var entries = Samples.names.enumerated().map {
            DirectoryEntry(code: Samples.code($0), name: $1)
        }
        // A second maker of the same drug, and one that has ended.
        entries.append(DirectoryEntry(code: "XZ77001", name: "安和颗粒"))
        entries.append(DirectoryEntry(code: "XZ77002", name: "安和颗粒"))
        entries[entries.count - 1].validTo = Day("2020-01-01")
        let directory = Directory(.drugs, entries)
        let made = DirectoryIndex(directory)
        let mapped = try #require(DirectoryIndex(directory, bytes: made.bytes))
        for index in [made, mapped] {
            let codes = index.matches("ahkl", on: Samples.today, limit: 9).map(\.entry.code)
            #expect(codes == ["XZ77001", Samples.code(0)])
            #expect(
                index.matches("xz77", on: Samples.today, limit: 9).map(\.entry.code) == ["XZ77001"])
            #expect(index.matches("安和", on: Samples.today, limit: 3).count == 3)
            #expect(index.matches("苓白术", on: Samples.today, limit: 9).count == 1)
        }
        #expect(DirectoryIndex(Directory(.drugs, []), bytes: made.bytes) == nil)
        #expect(DirectoryIndex(directory, bytes: made.bytes.dropLast()) == nil)
    }
}
