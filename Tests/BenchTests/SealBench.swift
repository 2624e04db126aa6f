import Foundation
import GRDB
import Identifying
import Journaling
import Pricing
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk

/// What sealing costs: an entry made durable, and a township opened and searched.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["BENCH"] != nil), .serialized)
struct SealBench {
    private func time(_ work: () throws -> Void) rethrows -> Double {
        try seconds(work) * 1e6
    }

    private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    private func row(_ name: String, _ ours: String, _ rival: String, _ ratio: Double) {
        let cells = [name.padding(toLength: 44, withPad: " ", startingAt: 0), ours, rival]
        print(cells.joined(separator: "  ") + "  ratio " + String(format: "%.2f", ratio))
    }

    private func stamp(_ device: OneClinic) -> Journal.Stamp {
        let now = device.county.clock.clock.now()
        return Journal.Stamp(at: now, day: now.day, by: "D0001", session: "s")
    }

    private func visits(of device: OneClinic) async throws -> [Visit] {
        var facts: [Visit] = []
        for index in 0..<50 {
            let entry = try await device.visit(device.members[index])
            if case .visit(let visit) = entry.fact { facts.append(visit) }
        }
        return facts
    }

    @Test func `an entry beside a bare durable commit of the same bytes`() async throws {
        let device = try await OneClinic()
        let facts = try await visits(of: device)
        let folder = device.folder.path
        let kiosk = KioskID(rawValue: "K0002") ?? .nobody
        let key = try #require(DataKey(raw: device.county.randomness.bytes(32)))
        let sealed = try Journal(path: folder + "/sealed.sqlite", kiosk: kiosk, keys: [key])
        let clear = try Journal(path: folder + "/clear.sqlite", kiosk: kiosk)
        let bare = try openDurably(path: folder + "/bare.sqlite")
        try await bare.write {
            try $0.execute(sql: "CREATE TABLE t (seq INTEGER PRIMARY KEY, b BLOB NOT NULL) STRICT")
        }
        let stamp = stamp(device)
        var times: (sealed: [Double], clear: [Double], bare: [Double]) = ([], [], [])
        for index in 0..<1_000 {
            var visit = facts[index % facts.count]
            visit.identity = device.county.randomness.identity()
            var bytes = Data()
            times.sealed.append(
                try time { bytes = Data(try sealed.append(.visit(visit), stamp).bytes) })
            times.clear.append(try time { try clear.append(.visit(visit), stamp) })
            times.bare.append(
                try time {
                    try bare.write {
                        try $0.execute(sql: "INSERT INTO t (b) VALUES (?)", arguments: [bytes])
                    }
                })
        }
        let (ours, rival) = (median(times.sealed), median(times.bare))
        row(
            "an entry sealed, chained, durable",
            String(format: "median %.0f us (in clear %.0f us)", ours, median(times.clear)),
            String(format: "bare commit median %.0f us", rival), ours / rival)
        let soundness = try time { try sealed.requireSound() }
        let plain = try time { try clear.requireSound() }
        row(
            "a journal of 1,000 entries looked through",
            String(format: "%.1f ms", soundness / 1_000),
            String(format: "the same in clear %.1f ms", plain / 1_000), soundness / plain)
    }

    @Test func `a sealed roll of 30,000 people opened and searched`() async throws {
        let county = try SmallCounty(people: 30_000)
        let folder = try TestFolder()
        let keys = [try #require(DataKey(raw: county.randomness.bytes(32)))]
        let path = folder.path + "/shelf.sqlite"
        let daily = try county.daily(version: 1, for: "K0001")
        var times: (fill: Double, open: [Double], name: [Double]) = (0, [], [])
        do {
            let shelf = try Shelf(path: path, keys: keys)
            times.fill = try time { _ = try shelf.apply(daily) }
        }
        for _ in 0..<5 {
            times.open.append(try time { _ = try Shelf(path: path, keys: keys) })
        }
        let shelf = try Shelf(path: path, keys: keys)
        let members = county.members
        for index in 0..<300 {
            let member = members[index * 97 % members.count]
            for text in [member.name, String(member.name.dropFirst()), member.initials] {
                times.name.append(try time { _ = try shelf.search(text, limit: 20) })
            }
        }
        let numbers = try (0..<300).map { index in
            try time { _ = try shelf.member(members[index * 97 % members.count].identity) }
        }
        row(
            "a sealed roll of 30,000 people",
            String(
                format: "taken over %.0f ms, opened %.0f ms, by name median %.2f ms max %.1f ms",
                times.fill / 1_000, median(times.open) / 1_000, median(times.name) / 1_000,
                (times.name.max() ?? 0) / 1_000),
            String(format: "by identity number %.2f ms", median(numbers) / 1_000),
            median(times.name) / median(numbers))
    }
}
