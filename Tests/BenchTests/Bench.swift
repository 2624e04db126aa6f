import Cataloguing
import Foundation
import GRDB
import Hosting
import Identifying
import Journaling
import Merging
import Pricing
import Scanning
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// `make bench`: medians beside their rivals, measured in the same run on the same disk.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["BENCH"] != nil), .serialized)
struct Bench {
    private func time(_ work: () async throws -> Void) async rethrows -> Double {
        try await seconds(work) * 1e6
    }

    private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    private func percentile99(_ values: [Double]) -> Double {
        values.sorted()[min(values.count - 1, values.count * 99 / 100)]
    }

    private func row(_ name: String, _ ours: String, _ rival: String, _ ratio: Double) {
        let cells = [name.padding(toLength: 44, withPad: " ", startingAt: 0), ours, rival]
        print(cells.joined(separator: "  ") + "  ratio " + String(format: "%.2f", ratio))
    }

    /// Scan, identify, price, check, settle, journal: durable when it returns.
    @Test func `a visit beside a bare durable commit of the same bytes`() async throws {
        let device = try await OneClinic()
        let bare = try openDurably(path: device.folder.path + "/bare.sqlite")
        try await bare.write {
            try $0.execute(sql: "CREATE TABLE t (seq INTEGER PRIMARY KEY, b BLOB NOT NULL) STRICT")
        }
        var (visits, commits): ([Double], [Double]) = ([], [])
        for index in 0..<600 {
            let member = device.members[index % device.members.count]
            var entry: Entry?
            visits.append(try await time { entry = try await device.visit(member) })
            let bytes = Data(entry?.bytes ?? [])
            commits.append(
                try await time {
                    try await bare.write {
                        try $0.execute(sql: "INSERT INTO t (b) VALUES (?)", arguments: [bytes])
                    }
                })
        }
        row(
            "scan to settled to durable",
            String(format: "median %.0f us, p99 %.0f us", median(visits), percentile99(visits)),
            String(
                format: "bare commit median %.0f us, p99 %.0f us", median(commits),
                percentile99(commits)), median(visits) / median(commits))
    }

    /// From the scanner's text to the person on the roll: read, its signature checked, found.
    @Test func `an identity code beside a bare check of its signature`() async throws {
        let device = try await OneClinic()
        var (codes, checks): ([Double], [Double]) = ([], [])
        for index in 0..<600 {
            let member = device.members[index % device.members.count]
            let text = try device.county.credential(of: member)
            var found: Identified?
            codes.append(
                try await time { found = try await device.desk.find(try interpret(text)) })
            #expect(found?.member.number == member.number && found?.assurance == .credential)
            let message = Array(text.utf8)
            let signature = hex(try device.county.credentialKey.sign(message))
            let key = device.county.credentialKey.publicKey
            var isGenuine = false
            checks.append(
                await time {
                    isGenuine = verify(hexSignature: signature, over: message, by: key)
                })
            #expect(isGenuine)
        }
        row(
            "an identity code read, verified, found",
            String(format: "median %.0f us, p99 %.0f us", median(codes), percentile99(codes)),
            String(
                format: "bare Ed25519 check median %.0f us, p99 %.0f us", median(checks),
                percentile99(checks)), median(codes) / median(checks))
        #expect(median(codes) < 5_000, "asked for: under 5 ms")
    }

    @Test func `quotes a second on one core`() async throws {
        let device = try await OneClinic()
        let policy = await device.desk.policy
        let codes = policy.items.filter { $0.daysPerUnit != nil }.prefix(5)
        let day = device.desk.today
        let bill = Bill(
            day: day, scheme: .resident, kind: .outpatient, level: .village,
            lines: codes.map { Bill.Line(code: $0.code, quantity: .one, price: $0.price) })
        let stream = QuoteStream(rules: policy.rules, catalogue: policy.catalogue)
        let fees = codes.map {
            #"{"med_list_codg":"\#($0.code)","cnt":1,"pric":"\#($0.price)"}"#
        }.joined(separator: ",")
        let line = Array(
            #"{"on":"\#(day)","insutype":"390","med_type":"11","hosp_lv":"village","feedetail":[\#(fees)]}"#
                .utf8)
        let count = 20_000
        let bare = try await time {
            for _ in 0..<count {
                _ = try price(
                    bill, by: policy.rules, catalogue: policy.catalogue,
                    given: Standing(year: day.year))
            }
        }
        let lines = await time { for _ in 0..<(count / 10) { _ = stream.answer(line) } } * 10
        row(
            "quotes of five lines", String(format: "%.0f /s", Double(count) * 1e6 / bare),
            String(format: "as JSON in and out %.0f /s", Double(count) * 1e6 / lines), lines / bare)
    }

    @Test func `bytes on the wire of a clinic-day of sixty visits`() async throws {
        let device = try await OneClinic()
        let start = try device.desk.journal.head().sequence
        for index in 0..<60 {
            _ = try await device.visit(device.members[index % device.members.count])
        }
        let journal = device.desk.journal
        let checkpoint = try journal.checkpoint(at: device.desk.clock.now(), key: device.desk.key)
        let parcel = try nextParcel(
            of: journal, after: start, upTo: checkpoint, key: device.desk.key)
        let raw = parcel.entries.map(\.bytes.count).reduce(0, +)
        let packed = try parcel.packed().count
        row(
            "a clinic-day of 60 visits, up", "\(packed) bytes",
            "the same entries as JSON \(raw) bytes",
            Double(packed) / Double(raw))
    }
}
