import Foundation
import Hosting
import Hummingbird
import HummingbirdTesting
import Identifying
import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk

/// What a kiosk does about files that are not as it wrote them.
@Suite struct DamageTests {
    /// Changes bytes in the middle of the last page that holds an entry.
    private func damage(_ box: TestBox, _ name: String = "journal.sqlite") throws {
        var bytes = try #require(box.bytes(name))
        for place in stride(from: 4_096 + 3_000, to: bytes.count, by: 4_096) {
            bytes.replaceSubrange(place..<(place + 16), with: Data(repeating: 0x5A, count: 16))
        }
        try bytes.write(to: URL(fileURLWithPath: box.path(name)))
    }

    @Test func `a damaged journal is kept as it is and the clinic goes on in the next`()
        async throws
    {
        let box = try TestBox()
        let entries = try await box.work()
        try damage(box)
        let broken = box.bytes("journal.sqlite")
        do {
            let desk = try box.desk()
            #expect(desk.journal.kiosk.rawValue == "K0001-2")
            #expect(desk.told.map(\.reason) == [.damaged])
            let aside = try #require(desk.told.first)
            #expect(aside.file.hasPrefix("K0001-2026-"))
            #expect(box.bytes("set-aside/" + aside.file) == broken)
            let first = try #require(try desk.journal.read { try $0.entry(1) })
            guard case .opened(let opening) = first.fact else { throw Refusal.noLines }
            #expect(opening.follows?.kiosk.rawValue == "K0001")
            #expect(opening.follows?.reason == "damaged")
            #expect(opening.follows?.through == aside.entries)
            #expect(opening.publicKey == hex(desk.key.publicKey))
            let status = try await desk.status()
            #expect(status.aside == aside && status.kiosk.rawValue == "K0001-2")
            let sentence = Texts.told(aside)
            #expect(sentence.contains("另存") && sentence.contains("可以照常接诊收费"))
            #expect(try desk.shelf.search("lgh", limit: 9).isEmpty == false)
        }
        let more = try await box.work()
        #expect(more.count > 3 && more[0].header.kiosk.rawValue == "K0001-2")
        #expect(try box.desk().told == [])
        #expect(box.asides.count == 2 && entries.count > 3)
    }

    @Test func `a day closed just before a power cut is signed by the next start`() async throws {
        let box = try TestBox()
        _ = try await box.work()
        let close = DayClose(
            identity: "close", expected: [:], counted: .zero, pieces: [:], difference: .zero,
            sentence: "")
        do {
            let desk = try box.desk()
            let now = desk.clock.now()
            let stamp = Journal.Stamp(at: now, day: now.day, by: "D0001", session: "s")
            let entry = try desk.journal.append(.dayClose(close), stamp)
            let signed = try desk.journal.read { try $0.signedThrough() }
            #expect(signed < entry.header.sequence)
        }
        let desk = try box.desk()
        let (head, signed) = try desk.journal.read { (try $0.head(), try $0.signedThrough()) }
        #expect(signed == head.sequence)
    }

    @Test func `every screen says that a journal was set aside until the county has signed`()
        async throws
    {
        let box = try TestBox()
        try await box.work(visits: 1)
        try damage(box)
        let desk = try box.desk()
        let carrier = try Browser.carrier(box.county, reaches: true)
        let site = try await Site(
            desk: desk, printer: .file(box.path("slips")), carrier: { carrier })
        let app = Application(router: try site.router())
        try await app.test(.router) { client in
            var pages = Pages(client: client, cookie: "")
            let login = SmallCounty.doctor
            pages.cookie = try await pages.post(
                "/signin", ["operator": login.0, "pin": login.1]
            ).cookie
            for path in ["/visit", "/recent", "/status"] {
                let html = try await pages.get(path).html
                #expect(html.contains("本机账本有损坏") && html.contains("照小票核对"), "\(path)")
            }
            _ = try await pages.post("/status/send")
            #expect(try await pages.get("/status").html.contains("本机账本有损坏") == false)
        }
    }

    @Test func `looking around changes nothing`() async throws {
        let box = try TestBox()
        try await box.work(visits: 1)
        try damage(box)
        let broken = box.bytes("journal.sqlite")
        #expect(throws: Journal.Fault.self) { try box.desk(mayChange: false) }
        #expect(box.asides == [] && box.bytes("journal.sqlite") == broken)
        try FileManager.default.removeItem(atPath: box.path("journal.sqlite"))
        #expect(throws: Journal.Fault.self) { try box.desk(mayChange: false) }
    }

    @Test(arguments: ["gone", "empty", "half"])
    func `a journal that is gone is never made anew in silence`(how: String) async throws {
        let box = try TestBox()
        try await box.work(visits: 1)
        let path = box.path("journal.sqlite")
        let bytes = try #require(box.bytes("journal.sqlite"))
        switch how {
        case "gone": try FileManager.default.removeItem(atPath: path)
        case "empty": try Data().write(to: URL(fileURLWithPath: path))
        default: try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: path))
        }
        let desk = try box.desk()
        #expect(desk.journal.kiosk.rawValue == "K0001-2")
        #expect(desk.told.map(\.reason) == [how == "half" ? .damaged : .lost])
    }

    @Test func `a damaged shelf is kept and an empty one waits for the next bulletin`() async throws
    {
        let box = try TestBox()
        let entries = try await box.work(visits: 1)
        try damage(box, "shelf.sqlite")
        do {
            let desk = try box.desk()
            #expect(desk.told.map(\.what) == ["shelf"])
            #expect(desk.journal.kiosk.rawValue == "K0001")
            #expect(try desk.journal.head().sequence == entries.count)
            #expect(try desk.shelf.issued(.daily) == nil)
        }
        try await box.work(visits: 1)
        #expect(try box.desk().told == [])
    }

    /// The power goes after each step of setting a journal aside.
    @Test(arguments: 0..<3)
    func `a move that was cut short is ended first`(step: Int) async throws {
        let box = try TestBox()
        try await box.work(visits: 1)
        try damage(box)
        try Data("log".utf8).write(to: URL(fileURLWithPath: box.path("journal.sqlite-wal")))
        var lineage = try #require(try Lineage.read(in: box.folder.path))
        lineage.pending = Aside(
            what: "journal", journal: 1, file: "K0001-x-journal.sqlite",
            at: box.county.clock.clock.now(), reason: .damaged, detail: "")
        lineage.next(unknown: [])
        try lineage.write(in: box.folder.path)
        try makeFolder(box.path("set-aside"))
        for ending in ["-wal", ""].prefix(step) {
            try FileManager.default.moveItem(
                atPath: box.path("journal.sqlite" + ending),
                toPath: box.path("set-aside/K0001-x-journal.sqlite" + ending))
        }
        let desk = try box.desk()
        #expect(desk.journal.kiosk.rawValue == "K0001-2")
        #expect(box.asides == ["K0001-x-journal.sqlite", "K0001-x-journal.sqlite-wal"])
    }

    @Test func `an earlier journal put back is refused`() async throws {
        let box = try TestBox()
        try await box.work(visits: 1)
        let early = try #require(box.bytes("journal.sqlite"))
        try damage(box)
        _ = try box.desk()
        try early.write(to: URL(fileURLWithPath: box.path("journal.sqlite")))
        try? FileManager.default.removeItem(atPath: box.path("journal.sqlite-wal"))
        let next = try #require(KioskID(rawValue: "K0001-2"))
        #expect(throws: Journal.Fault.otherKiosk(expected: next, found: "K0001")) {
            try box.desk()
        }
    }

    @Test func `a lost key is given up only by somebody's word`() async throws {
        let box = try TestBox()
        try await box.work(visits: 1)
        try FileManager.default.removeItem(atPath: box.path("data.key"))
        #expect(throws: DataKeys.Fault.self) { try box.desk() }
        var opening = try Box(
            provision: box.county.provision("K0001"), folder: box.folder.path, credentials: nil,
            clock: box.county.clock.clock, randomness: box.county.randomness, mayMakeKey: true)
        try opening.giveUpJournal()
        #expect(opening.told.map(\.what) == ["journal", "shelf"])
        #expect(opening.told.allSatisfy { $0.reason == .keyLost })
        #expect(try box.desk().journal.kiosk.rawValue == "K0001-2")
    }

    @Test func `a journal whose key is found again is sent after all`() async throws {
        let box = try TestBox()
        let entries = try await box.work(visits: 1)
        let good = try DataKeys.read(box.path("data.key"))
        try FileManager.default.removeItem(atPath: box.path("data.key"))
        var opening = try Box(
            provision: box.county.provision("K0001"), folder: box.folder.path, credentials: nil,
            clock: box.county.clock.clock, randomness: box.county.randomness, mayMakeKey: true)
        try opening.giveUpJournal()
        let carrier = try Browser.carrier(box.county, reaches: true)
        do { #expect(await (try box.desk()).rescue(carrier) == 0) }
        let new = try DataKeys.read(box.path("data.key"))
        try DataKeys(keys: new + good, source: .file("")).write(to: box.path("data.key"))
        let desk = try box.desk()
        #expect(await desk.rescue(carrier) == entries.count)
        #expect(await desk.rescue(carrier) == 0)
    }

    @Test func `receipt numbers go on where the damaged journal was`() async throws {
        let box = try TestBox("T0001", people: 240)
        func collect() async throws -> Int {
            let desk = try box.desk()
            let login = SmallCounty.collector
            let session = try await desk.signIn(login.0, pin: login.1)
            let year = try await desk.collectionYear()
            for member in box.county.members {
                let id = box.county.randomness.identity()
                let entry = try? await desk.collect(
                    [member.number], of: member.home.household, year: year, id: id,
                    paying: .all(.cash), by: session)
                if case .contribution(let receipt)? = entry?.fact { return receipt.number }
            }
            return 0
        }
        try await box.work()
        let first = try await collect()
        #expect(try await collect() == first + 1)
        try damage(box)
        #expect(try await collect() == first + 2)
        #expect(try await collect() == first + 3)
        #expect(try box.desk().journal.kiosk.rawValue == "T0001-2")
        // Nobody knows any more how far the block was used: none of it is given out again.
        try FileManager.default.removeItem(atPath: box.path("lineage.json"))
        try damage(box)
        #expect(try await box.desk().receiptsLeft() == 0)
    }
}
