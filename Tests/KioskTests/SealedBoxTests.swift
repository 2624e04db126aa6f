import Cataloguing
import DemoCounty
import Foundation
import GRDB
import Hosting
import Identifying
import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk

/// A device's folder that is opened and closed again and again, as a box is switched on and off.
struct TestBox {
    let county: SmallCounty
    let folder: TestFolder
    let kiosk: String

    init(_ kiosk: String = "K0001", people: Int = 60) throws {
        county = try SmallCounty(people: people)
        folder = try TestFolder()
        self.kiosk = kiosk
    }

    func desk(mayChange: Bool = true, credentials: String? = nil) throws -> Desk {
        try Desk(
            provision: county.provision(kiosk), folder: folder.path, credentials: credentials,
            clock: county.clock.clock, randomness: county.randomness, mayChange: mayChange)
    }

    /// Fetches everything, signs in and does some work.
    ///
    /// - Returns: the entries that are in the journal now.
    @discardableResult
    func work(visits: Int = 3, version: Int = 1) async throws -> [Entry] {
        let desk = try desk()
        if try desk.shelf.held(.daily).version < version {
            try await desk.take(try county.policy(try county.content(), version: version))
            try await desk.take(try county.daily(version: version, for: kiosk))
        }
        if kiosk.hasPrefix("K") {
            let session = try await desk.signIn(SmallCounty.doctor.0, pin: SmallCounty.doctor.1)
            for _ in 0..<visits {
                let patient = try await desk.identify(
                    try county.credential(of: try county.member(.liGuihua)))
                var order = Order(id: county.randomness.identity(), patient: patient.identified)
                order.diagnoses = ["I10.x00x002"]
                order.lines = [
                    Order.Line(
                        code: "XC08CAQ866A001010199001", quantity: .one, price: Money(fen: 390),
                        days: 1)
                ]
                try desk.shelf.keep(order, of: "D0001")
                _ = try await desk.settle(order, paying: .all(.cash), by: session)
                county.clock.advance(seconds: 86_400 * 2)
            }
        }
        return try desk.journal.read { try $0.entries(after: 0, limit: 1_000) }
    }

    func path(_ name: String) -> String { folder.path + "/" + name }
    func bytes(_ name: String) -> Data? { FileManager.default.contents(atPath: path(name)) }

    var asides: [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: path("set-aside"))
        return (names ?? []).sorted()
    }

    /// Files of the folder that hold any of the words, as UTF-8 or as printers write it.
    func files(naming words: [String]) throws -> [String] {
        let needles = Set(words.map { Data($0.utf8) })
        let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
        return (all ?? []).filter { name in
            guard let bytes = bytes(name) else { return false }
            return needles.contains { bytes.range(of: $0) != nil }
        }
    }
}

@Suite struct SealedBoxTests {
    /// Everybody's names and identity numbers, the doctor's name and the person numbers.
    private func secrets(_ box: TestBox) -> [String] {
        box.county.members.flatMap {
            [$0.name, $0.identity.description, $0.number.rawValue]
        } + ["王医生"]
    }

    @Test func `after a day's work no file names anybody`() async throws {
        let box = try TestBox()
        let entries = try await box.work()
        #expect(entries.count > 5)
        #expect(try box.files(naming: secrets(box)) == [])
        // The same look finds what is there: the clinic's own name is no secret.
        let open = try box.desk()
        #expect(try open.shelf.operators().map(\.name) == ["王医生"])
        #expect(try open.shelf.draft(of: "D0001") != nil)
        #expect(try box.files(naming: secrets(box)) == [])
        #expect(permissions(of: box.path("data.key")) == 0o600)
    }

    @Test func `people are found by name, initials and number in a sealed roll`() async throws {
        let box = try TestBox()
        try await box.work(visits: 0)
        let shelf = try box.desk().shelf
        let li = try box.county.member(.liGuihua)
        #expect(try shelf.member(li.identity) == li)
        #expect(try shelf.member(li.number) == li)
        #expect(try shelf.household(li.home.household).contains(li))
        for text in ["李桂华", "桂华", "lgh", "gh"] {
            #expect(try shelf.search(text, limit: 20).contains(li), "\(text)")
        }
        #expect(try shelf.search("不存在", limit: 20) == [])
        #expect(try shelf.search(li.number.rawValue, limit: 20) == [])
        #expect(try shelf.search("l", limit: 2).count == 2)
    }

    @Test func `a key that fits nothing is asked for and nothing is made anew`() async throws {
        let box = try TestBox()
        let entries = try await box.work()
        let good = try #require(box.bytes("data.key"))
        let before = box.bytes("journal.sqlite")
        try writeFile(
            box.path("data.key"), Array(String(repeating: "5a", count: 32).utf8), secret: true)
        #expect(throws: Journal.Fault.keyDiffers(path: box.path("journal.sqlite"))) {
            try box.desk()
        }
        try FileManager.default.removeItem(atPath: box.path("data.key"))
        #expect(throws: DataKeys.Fault.missing(path: box.path("data.key"))) { try box.desk() }
        #expect(box.asides == [] && box.bytes("journal.sqlite") == before)
        try writeFile(box.path("data.key"), Array(good), secret: false)
        #expect(throws: DataKeys.Fault.looseMode(path: box.path("data.key"), mode: 0o644)) {
            try box.desk()
        }
        try writeFile(box.path("data.key"), Array(good), secret: true)
        #expect(try box.desk().journal.head().sequence == entries.count)
    }

    @Test func `the key comes from the system's credentials first`() async throws {
        let box = try TestBox()
        try await box.work(visits: 1)
        let store = box.path("credentials")
        try makeFolder(store)
        try FileManager.default.moveItem(
            atPath: box.path("data.key"), toPath: store + "/data.key")
        #expect(throws: DataKeys.Fault.self) { try box.desk() }
        let desk = try box.desk(credentials: store)
        #expect(await desk.box.keys.source == .credential(store + "/data.key"))
        await #expect(throws: DataKeys.Fault.keptBySystem(path: store + "/data.key")) {
            try await desk.rekey(to: nil)
        }
    }

    @Test func `a new key seals journal and shelf, and the old file is replaced`() async throws {
        let box = try TestBox()
        let entries = try await box.work()
        let old = try DataKeys.read(box.path("data.key"))
        do {
            let desk = try box.desk()
            try desk.transit.keep(parcel: [1, 2, 3])
            #expect(desk.transit.parcel() == [1, 2, 3])
            #expect(try await desk.rekey(to: nil).sealed)
            // What was half way goes once more, and under the new key.
            #expect(desk.transit.parcel() == nil)
            try desk.transit.keep(parcel: [4, 5])
            let li = try box.county.member(.liGuihua)
            #expect(try desk.shelf.search("lgh", limit: 9).contains(li))
            #expect(try desk.shelf.draft(of: "D0001") != nil)
        }
        let new = try DataKeys.read(box.path("data.key"))
        #expect(new.count == 1 && new != old)
        let desk = try box.desk()
        #expect(desk.transit.parcel() == [4, 5])
        let former = Transit(folder: box.folder.path, key: try #require(old.first))
        #expect(former.parcel() == nil)
        #expect(try desk.journal.read { try $0.entries(after: 0, limit: 1_000) } == entries)
        #expect(try desk.shelf.standing(try box.county.member(.liGuihua).number) == nil)
    }

    /// What lies on the disk when the power goes after each step of a change of key.
    @Test(arguments: 0..<4)
    func `a change of key that was cut short is ended at the next start`(step: Int) async throws {
        let box = try TestBox()
        let entries = try await box.work(visits: 1)
        let old = try DataKeys.read(box.path("data.key"))
        let new = try #require(DataKey(raw: SeededBytes(seed: 99).next(32)))
        if step > 0 {
            try DataKeys(keys: [new] + old, source: .file(box.path("data.key")))
                .write(to: box.path("data.key"))
        }
        if step > 1 {
            let name = try #require(KioskID(rawValue: "K0001"))
            let journal = try Journal(
                path: box.path("journal.sqlite"), kiosk: name, keys: old)
            try journal.reseal(with: new)
        }
        if step > 2 {
            try Shelf(path: box.path("shelf.sqlite"), keys: old).reseal(with: new)
        }
        let desk = try box.desk()
        #expect(try desk.journal.read { try $0.entries(after: 0, limit: 1_000) } == entries)
        #expect(try desk.shelf.search("lgh", limit: 9).isEmpty == false)
        #expect(try DataKeys.read(box.path("data.key")) == (step == 0 ? old : [new]))
        #expect(box.asides == [])
    }

    @Test func `a shelf of the version before is sealed with nothing lost`() async throws {
        let box = try TestBox()
        try await box.work(visits: 1)
        let draft: Order?
        do {
            let desk = try box.desk()
            draft = try desk.shelf.draft(of: "D0001")
            try Version1Shelf.write(from: desk.shelf, to: box.path("old.sqlite"))
        }
        for ending in ["", "-wal"] {
            try? FileManager.default.removeItem(atPath: box.path("shelf.sqlite" + ending))
        }
        try FileManager.default.moveItem(
            atPath: box.path("old.sqlite"), toPath: box.path("shelf.sqlite"))
        #expect(try !box.files(naming: ["李桂华"]).isEmpty)
        let desk = try box.desk()
        #expect(try desk.shelf.search("李桂华", limit: 9).count == 1)
        #expect(try desk.shelf.draft(of: "D0001") == draft)
        #expect(try desk.shelf.operators().map(\.name) == ["王医生"])
        #expect(try box.files(naming: secrets(box)) == [])
    }
}

/// The tables that named people, as version 1 wrote them.
private enum Version1Shelf {
    static func write(from shelf: Shelf, to path: String) throws {
        let raw = try openDurably(path: path)
        try raw.write { db in
            try db.execute(sql: tables)
            for member in try shelf.search("l", limit: 100) + shelf.search("李桂华", limit: 1) {
                try db.execute(
                    sql:
                        """
                        INSERT OR IGNORE INTO member (psn, certno, household, json)
                        VALUES (?, ?, ?, ?)
                        """,
                    arguments: [
                        member.number.rawValue, member.identity.description,
                        member.home.household, Data(try CompactJSON.encode(member)),
                    ])
                try db.execute(
                    sql: "INSERT OR IGNORE INTO member_word VALUES (?, ?)",
                    arguments: [member.name, member.number.rawValue])
            }
            for person in try shelf.operators() {
                try db.execute(
                    sql: "INSERT INTO operator VALUES (?, ?)",
                    arguments: [person.id, Data(try CompactJSON.encode(person))])
            }
            if let draft = try shelf.draft(of: "D0001") {
                try db.execute(
                    sql: "INSERT INTO draft VALUES (?, ?)",
                    arguments: ["D0001", Data(try CompactJSON.encode(draft))])
            }
        }
        try raw.close()
    }

    static let tables = """
        CREATE TABLE manifest (role TEXT PRIMARY KEY, version INTEGER NOT NULL,
            issued INTEGER NOT NULL, statement BLOB NOT NULL) STRICT;
        CREATE TABLE section (name TEXT PRIMARY KEY, digest BLOB NOT NULL, bytes BLOB) STRICT;
        CREATE TABLE member (psn TEXT PRIMARY KEY, certno TEXT NOT NULL, household TEXT NOT NULL,
            sealed INTEGER NOT NULL DEFAULT 0, json BLOB NOT NULL) STRICT;
        CREATE INDEX member_certno ON member (certno);
        CREATE INDEX member_household ON member (household);
        CREATE TABLE member_word (word TEXT NOT NULL, psn TEXT NOT NULL, PRIMARY KEY (word, psn))
            STRICT, WITHOUT ROWID;
        CREATE TABLE standing (psn TEXT PRIMARY KEY, json BLOB NOT NULL) STRICT;
        CREATE TABLE revocation (credential INTEGER PRIMARY KEY, day TEXT NOT NULL) STRICT;
        CREATE TABLE operator (id TEXT PRIMARY KEY, json BLOB NOT NULL) STRICT;
        CREATE TABLE draft (owner TEXT PRIMARY KEY, json BLOB NOT NULL) STRICT;
        """
}
