import Foundation
import GRDB
import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import SyncServer

/// What the county's server does in a night, beside what its database and its processor do bare.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["BENCH"] != nil), .serialized)
struct MergeBench {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private static func number(_ name: String, or usual: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? usual
    }

    private func row(_ name: String, _ ours: Double, _ rival: String, _ bare: Double) {
        print(
            "\(name)  \(String(format: "%.0f /s", ours))  \(rival) "
                + String(format: "%.0f /s  ratio %.2f", bare, bare / ours))
    }

    /// From all kiosks at once; each sends its next parcel when the last was acknowledged.
    private func send(_ ledger: TestLedger, to arrivals: Arrivals) async throws {
        let (parcels, kiosks) = (ledger.parcels, ledger.kiosks)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for kiosk in 0..<kiosks {
                group.addTask {
                    for place in stride(from: kiosk, to: parcels.count, by: kiosks) {
                        _ = try await arrivals.receive(parcels[place])
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func night(_ ledger: TestLedger, _ office: Office, _ name: String, _ bare: Double)
        async throws
    {
        let count = Double(ledger.entries.joined().count)
        let arrivals = Arrivals(office: office, foldingAtOnce: false)
        let stored = try await seconds { try await send(ledger, to: arrivals) }
        let folded = try await seconds { try await office.foldBacklog() }
        let held = try office.store.read { try $0.entryCount() }
        #expect(held == Int(count))
        row("\(name): verified, stored, acknowledged", count / stored, "bare insert", bare)
        row(
            "\(name): raw parcels to a booked ledger", count / (stored + folded), "bare insert",
            bare)
    }

    @Test func `a night in SQLite beside a bare bulk insert and a plain hash`() async throws {
        let kiosks = Self.number("BENCH_KIOSKS", or: 100)
        let ledger = try TestLedger(kiosks: kiosks, visitsEach: 1_200)
        let office = try await ledger.office(in: folder.path + "/office")
        let count = Double(ledger.entries.joined().count)
        let bare = try await bareInsert(ledger.entries)
        let bytes = ledger.entries.joined().map(\.bytes)
        let hashed = seconds {
            var head = Fingerprint.zero
            for entry in bytes { head = Entry.hash(entry, after: head) }
            #expect(head != .zero)
        }
        try await night(ledger, office, "SQLite", count / bare)
        print(
            String(format: "plain hash pass of the same bytes, one core  %.0f /s", count / hashed))
    }

    private func bareInsert(_ entries: [[Entry]]) async throws -> Double {
        let bare = try openDurably(path: folder.path + "/bare.sqlite")
        try await bare.write {
            try $0.execute(
                sql: """
                    CREATE TABLE t (kiosk TEXT, seq INTEGER, hash BLOB, bytes BLOB,
                        PRIMARY KEY (kiosk, seq)) STRICT, WITHOUT ROWID
                    """)
        }
        return try await seconds {
            for start in stride(from: 0, to: entries.count, by: Arrivals.mostAtOnce) {
                let some = entries[start..<min(start + Arrivals.mostAtOnce, entries.count)]
                try await bare.write { db in
                    let statement = try db.makeStatement(sql: "INSERT INTO t VALUES (?, ?, ?, ?)")
                    for entry in some.joined() {
                        try statement.execute(arguments: [
                            entry.header.kiosk.rawValue, entry.header.sequence,
                            Data(entry.hash.bytes), Data(entry.bytes),
                        ])
                    }
                }
            }
        }
    }

    @Test func `a night in PostgreSQL beside a bare bulk insert`() async throws {
        guard case .success(let cluster) = PostgresCluster.shared else { return }
        let ledger = try TestLedger(
            kiosks: Self.number("BENCH_KIOSKS", or: 100), visitsEach: 1_200)
        let database = try cluster.database()
        let office = try await ledger.office(in: folder.path + "/pg", database: database)
        let wire = try PostgresWire(try cluster.database())
        try wire.runAll(
            """
            CREATE TABLE t (kiosk TEXT, seq BIGINT, hash BYTEA, bytes BYTEA,
                PRIMARY KEY (kiosk, seq))
            """)
        let bare = PostgresConnection(wire, PostgresText(tables: [:]))
        let inserted = try seconds {
            for start in stride(from: 0, to: ledger.entries.count, by: Arrivals.mostAtOnce) {
                let some = ledger.entries[
                    start..<min(start + Arrivals.mostAtOnce, ledger.entries.count)]
                try bare.run(
                    "INSERT INTO t VALUES (?, ?, ?, ?)",
                    each: some.joined().map {
                        [$0.header.kiosk, $0.header.sequence, $0.hash, $0.bytes]
                    })
            }
        }
        let count = Double(ledger.entries.joined().count)
        try await night(ledger, office, "PostgreSQL", count / inserted)
    }

    /// The same new entries on ever larger stores. `BENCH_STORED=1000000,3000000` and so on.
    @Test func `what arrives costs the same however much is stored`() async throws {
        let sizes = (ProcessInfo.processInfo.environment["BENCH_STORED"] ?? "0,200000")
            .split(separator: ",").compactMap { Int($0) }
        let ledger = try TestLedger(kiosks: 84, visitsEach: 1_200)
        let count = Double(ledger.entries.joined().count)
        let seed = try TestLedger(kiosks: 20, visitsEach: 1_000, first: 5_000)
        var costs: [Double] = []
        for size in sizes {
            let place = folder.path + "/stored\(size)"
            try await seed.store(in: place)
            let filling = try seconds {
                try FilledStore(path: place + "/county.sqlite", times: max(1, size / 20_000)).fill()
            }
            let office = try await ledger.office(in: place)
            let spent = try await seconds {
                try await send(ledger, to: Arrivals(office: office, foldingAtOnce: false))
                try await office.foldBacklog()
            }
            costs.append(spent)
            row(
                "\(size) stored (filled in \(Int(filling)) s), \(Int(count)) more", count / spent,
                "on the first", count / costs[0])
            try FileManager.default.removeItem(atPath: place)
        }
        let spread = (costs.max() ?? 1) / (costs.min() ?? 1) - 1
        print(String(format: "variation %.0f %%  ratio %.2f", spread * 100, spread + 1))
    }

    /// A night of `BENCH_ARRIVING` entries (4,000,000 are a province's), in lots that the sender makes
    /// one after the other and forgets.
    @Test func `memory with twenty thousand known kiosks`() async throws {
        let arriving = Self.number("BENCH_ARRIVING", or: 120_000)
        let office = try await TestLedger(kiosks: 1, visitsEach: 60)
            .office(in: folder.path + "/many", knowing: 20_000)
        let arrivals = Arrivals(office: office)
        let before = Self.peak()
        var arrived = 0
        while arrived < arriving {
            let ledger = try TestLedger(kiosks: 100, visitsEach: 1_200, first: 2 + arrived / 1_200)
            try ledger.introduce(to: office)
            try await send(ledger, to: arrivals)
            arrived += ledger.entries.joined().count
            let stored = try office.store.read { try $0.entryCount() }
            #expect(stored == arrived)
            print("\(arrived) arrived, peak memory \(Self.peak()) kB")
        }
        print("peak memory before \(before) kB, after \(Self.peak()) kB  ratio 1")
    }

    /// VmHWM of this process in kB.
    private static func peak() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
        return Int(line.filter(\.isNumber)) ?? 0
    }
}
