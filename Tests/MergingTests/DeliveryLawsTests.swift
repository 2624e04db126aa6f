import Foundation
import Identifying
import Journaling
import Merging
import SmallCounty
import Syncing
import Testing
import Vocabulary

/// The same entries in another order, repeated, in other parcels, give the same 32 bytes: as many
/// deliveries as time allows (`MERGE_DELIVERIES`, ten to a history).
@Suite struct DeliveryLawsTests {
    static let deliveries =
        ProcessInfo.processInfo.environment["MERGE_DELIVERIES"].flatMap(Int.init) ?? 600
    private static let each = 10
    let histories: Histories
    let key: DeviceKey

    init() throws {
        histories = try Histories()
        key = try DeviceKey(raw: Array(repeating: 7, count: 32))
    }

    @Test func `any order, any repetition, any split gives one digest`() async throws {
        let workers = ProcessInfo.processInfo.activeProcessorCount
        let began = ContinuousClock.now
        let forked = try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<workers {
                group.addTask {
                    try stride(from: worker, to: Self.deliveries / Self.each, by: workers)
                        .reduce(0) { try $0 + (look(UInt64($1)) ? 1 : 0) }
                }
            }
            return try await group.reduce(0, +)
        }
        print(
            "\(Self.deliveries) deliveries of \(Self.deliveries / Self.each) histories, \(forked) "
                + "forked, in \(ContinuousClock.now - began)")
        #expect(forked > Self.deliveries / Self.each / 5)
    }

    /// - Returns: whether the history was forked.
    private func look(_ seed: UInt64) throws -> Bool {
        var random = SeededNumbers(seed: seed)
        let paths = try paths(&random)
        let decisions = decisions(paths, &random)
        var found: Set<Fingerprint> = []
        var years: Set<PersonYear> = []
        for _ in 0..<Self.each {
            var ledger = MemoryLedger(policy: histories.policy)
            try deliver(paths, to: &ledger, &random)
            let result = try ledger.result(
                of: histories.person.number, 2026, deciding: decisions)
            found.insert(result.digest)
            years.insert(result.year)
        }
        #expect(found.count == 1 && years.count == 1, "seed \(seed)")
        return Set(paths.map(\.kiosk)).count < paths.count
    }

    /// One to three kiosks; a third of them copied at some moment, both copies going on.
    private func paths(_ random: inout SeededNumbers) throws -> [OneJournal] {
        var paths: [OneJournal] = []
        for number in 1...(1 + random.next(below: 3)) {
            var journal = OneJournal(
                kiosk: KioskID(rawValue: "K000\(number)") ?? .nobody, histories: histories)
            for _ in 0...random.next(below: 4) { try journal.step(&random) }
            var copies = [journal]
            if random.next(below: 3) == 0 { copies.append(journal) }
            for place in copies.indices {
                // Copies share their beginning and nothing that follows.
                for _ in 0..<random.next(below: 4) { try copies[place].step(&random) }
            }
            paths += copies.filter { !$0.entries.isEmpty }
        }
        return paths
    }

    /// Some branches are decided, the later decision in the place of the earlier.
    private func decisions(
        _ paths: [OneJournal], _ random: inout SeededNumbers
    ) -> [StoredDecision] {
        let hashes = paths.flatMap { $0.entries.map(\.entry.hash) }
        let office = KioskID(rawValue: "C0001") ?? .nobody
        return (0..<random.next(below: 3)).flatMap { number in
            let some = hashes.filter { _ in random.next(below: 3) == 0 }
            let counts = some.filter { _ in random.next(below: 2) == 0 }
            let leaves = some.filter { !counts.contains($0) }
            return [nil, number * 2 + 1].map { proposal in
                StoredDecision(
                    office: office, sequence: number * 2 + (proposal == nil ? 1 : 2),
                    by: proposal == nil ? "C0101" : "C0102", counts: counts, leaves: leaves,
                    confirms: proposal)
            }
        }
    }

    /// Every path cut into parcels anew, all of them shuffled with repetitions; what came too early is
    /// sent again until all has been taken.
    private func deliver(
        _ paths: [OneJournal], to ledger: inout MemoryLedger, _ random: inout SeededNumbers
    ) throws {
        var waiting = try paths.flatMap { path -> [Parcel] in
            var parcels: [Parcel] = []
            var start = 0
            while start < path.entries.count {
                let end = start + 1 + random.next(below: path.entries.count - start)
                // Now and then from the beginning again, as after a lost answer.
                let from = random.next(below: 4) == 0 ? 0 : start
                parcels.append(try parcel(of: path, from, end))
                start = end
            }
            return parcels
        }
        waiting += waiting.filter { _ in random.next(below: 3) == 0 }
        waiting.shuffle(using: &random)
        while !waiting.isEmpty {
            let before = waiting.count
            waiting = waiting.filter { !ledger.take($0) }
            // A branch whose beginning nobody sent is a gap for ever.
            if waiting.count == before { throw Stuck(parcels: waiting.count) }
        }
    }

    private func parcel(of path: OneJournal, _ start: Int, _ end: Int) throws -> Parcel {
        let last = path.entries[end - 1].entry
        return Parcel(
            kiosk: path.kiosk, previous: start == 0 ? .zero : path.entries[start - 1].entry.hash,
            entries: path.entries[start..<end].map(\.entry),
            checkpoint: try Checkpoint(
                kiosk: path.kiosk, sequence: end, head: last.hash,
                at: Instant(milliseconds: 0), key: key))
    }

    private struct Stuck: Error { let parcels: Int }
}
