import Cataloguing
import Foundation
import Journaling
import Pricing
import Publishing
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk

/// A visit page searches what the county has terms for first, then the national lists.
@Suite struct NationalListTests {
    private static let drugs = Directory(
        .drugs,
        (0..<40).map { DirectoryEntry(code: "XZ99AAA00\(10 + $0)", name: "苯磺安和片\($0)") } + [
            DirectoryEntry(code: "XC08CAQ866A001010199001", name: "苯磺酸氨氯地平片"),
            DirectoryEntry(code: "XZ99BBB0001", name: "青岚口服液"),
        ])

    private func test() async throws -> Browser {
        let browser = try await Browser()
        var content = try browser.test.county.content()
        content.directories = [Self.drugs]
        try await browser.test.desk.take(try browser.test.county.policy(content, version: 2))
        return browser
    }

    @Test func `the clinic's own come first, each code once`() async throws {
        let desk = try await test().test.desk
        let policy = await desk.policy
        let found = policy.items(matching: "bhs", on: desk.today, limit: 9)
        #expect(found.first?.has(.unlisted) == false)
        #expect(Set(found.map(\.code)).count == found.count)
        let own = found.prefix { !$0.has(.unlisted) }
        #expect(found.dropFirst(own.count).allSatisfy { $0.has(.unlisted) })
        #expect(policy.items(matching: "苯磺安", on: desk.today, limit: 9).count == 9)
        // The county's terms decide money, whatever a list says.
        let known = policy.catalogue.item("XC08CAQ866A001010199001", desk.today)
        #expect(known?.itemClass == .a)
        #expect(
            policy.items(matching: "qinglan", on: desk.today, limit: 9).map(\.name) == ["青岚口服液"])
    }

    @Test func `an index is kept on disk, mapped again, and made again where it is lost`()
        async throws
    {
        let browser = try await test()
        let (desk, folder) = (browser.test.desk, browser.test.folder.path + "/search")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(files.filter { $0.hasSuffix(".index") }.count == 1)
        #expect(files.filter { $0.hasSuffix(".names") }.count == 1)
        for file in files {
            // Another file in its place: what is mapped already stays as it was.
            let url = URL(fileURLWithPath: folder + "/" + file)
            try Data("damaged".utf8).write(to: url, options: .atomic)
        }
        var policy = try HeldPolicy(desk.shelf)
        #expect(policy.items(matching: "qlkfy", on: desk.today, limit: 9).count == 1)
        #expect(policy.diagnoses(matching: "gxy", limit: 9).first?.name == "高血压")
        // The next bulletin has no list: its files go.
        let content = try browser.test.county.content()
        try await desk.take(try browser.test.county.policy(content, version: 3))
        policy = await desk.policy
        #expect(policy.search.lists.isEmpty)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(left.allSatisfy { $0.hasSuffix(".names") })
    }

    @Test func `what nobody priced is charged at the price typed, all by the person`()
        async throws
    {
        let browser = try await test()
        try await browser.work { (pages) async throws in
            _ = try await pages.post("/visit/patient", ["scan": "李桂华"])
            _ = try await pages.post("/visit/diagnosis", ["code": "I10.x00x002"])
            let fragment = try await pages.get("/visit/items?q=qlkfy")
            #expect(fragment.html.contains("XZ99BBB0001 全自费，本县没有定价"))
            #expect(fragment.html.contains("data-price=\"\""))
            let bare = try await pages.post("/visit/line", ["code": "XZ99BBB0001"])
            #expect(bare.html.contains("没有定价，全部自费。请填单价"))
            let line = try await pages.post(
                "/visit/line", ["code": "XZ99BBB0001", "price": "12.50", "quantity": "2"])
            #expect(line.location == "/visit")
            let settled = try await pages.settle(["tender": "cash"])
            #expect(settled.location.hasPrefix("/visit?saved="))
        }
        let kept = try browser.test.desk.journal.read { try $0.latest(["visit"], limit: 1) }
        guard case .visit(let visit)? = kept.first?.fact else {
            Issue.record("no visit")
            return
        }
        #expect(visit.amounts.outside == Money(fen: 2_500))
        #expect(visit.amounts.fundTotal == .zero)
    }
}
