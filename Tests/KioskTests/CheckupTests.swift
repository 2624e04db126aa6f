import Foundation
import Hosting
import SmallCounty
import Testing
import Vocabulary

@testable import Kiosk

/// `kiosk doctor`: what is wrong is named, with what to do.
@Suite struct CheckupTests {
    private func items(_ box: TestBox, printer: String? = nil) async throws -> [CheckItem] {
        try await box.desk().checkup(printer: printer)
    }

    /// "key good", in order.
    private func states(_ items: [CheckItem]) -> [String] {
        items.map { "\($0.name) \($0.state.rawValue)" }
    }

    @Test func `a box at work is sound, and says what waits`() async throws {
        let box = try TestBox()
        try await box.work(visits: 1)
        let items = try await items(box, printer: "/dev/null")
        #expect(items.isSound && items.contains { $0.name == "printer" && $0.state == .good })
        #expect(
            states(items).filter { !$0.hasPrefix("disk") } == [
                "key good", "mode good", "journal good", "durability good", "roll good",
                "unsent old", "printer good",
            ])
        let waits = try #require(items.first { $0.name == "unsent" })
        #expect(waits.next == Texts.of("sendNext"))
        let spoken = try #require(items.first.map(Texts.line))
        #expect(spoken.hasPrefix("● "))
    }

    @Test func `whatever is not good says what to do`() async throws {
        let box = try TestBox()
        try await box.work(visits: 1)
        box.county.clock.advance(seconds: 8 * 86_400)
        try writeFile(box.path("provision.json"), Array("{}".utf8))
        _ = chmod(box.path("provision.json"), 0o644)
        let items = try await items(box, printer: box.path("no-such-printer"))
        #expect(!items.isSound)
        for (name, state) in [("mode", "bad"), ("roll", "old"), ("printer", "bad")] {
            let item = try #require(items.first { $0.name == name })
            #expect(item.state.rawValue == state && item.next?.isEmpty == false, "\(item)")
        }
        #expect(
            items.first { $0.name == "mode" }?.next == "chmod 600 \(box.path("provision.json"))")
    }

    @Test func `a journal set aside is named, and missed where somebody took it away`()
        async throws
    {
        let box = try TestBox()
        try await box.work(visits: 1)
        try Data("no database".utf8).write(to: URL(fileURLWithPath: box.path("journal.sqlite")))
        let aside = try #require(try await items(box).first { $0.name == "aside" })
        #expect(aside.state == .old && aside.says.contains("set-aside/"))
        for file in box.asides {
            try FileManager.default.removeItem(atPath: box.path("set-aside/" + file))
        }
        let gone = try #require(try await items(box).first { $0.name == "aside" })
        #expect(gone.state == .bad && gone.next?.isEmpty == false)
    }

    @Test func `a box without its key is told so by its folder alone`() async throws {
        let box = try TestBox()
        try await box.work(visits: 1)
        try FileManager.default.removeItem(atPath: box.path("data.key"))
        let items = FolderCheckup(folder: box.folder.path, credentials: nil).items
        let key = try #require(items.first { $0.name == "key" })
        #expect(key.state == .bad && key.next == Texts.of("putKeyBack"))
    }
}
