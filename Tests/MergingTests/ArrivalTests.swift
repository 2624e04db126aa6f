import Journaling
import Merging
import SmallCounty
import Syncing
import Testing
import Vocabulary

/// A parcel against what is held of its journal, case by case.
@Suite struct ArrivalTests {
    private let kiosk = KioskID(rawValue: "K0001") ?? .nobody
    private let journal: [Entry]
    private let other: [Entry]

    init() {
        func chain(_ texts: [String], after first: [Entry] = []) -> [Entry] {
            texts.reduce(into: first) { entries, text in
                entries.append(
                    Entry(keeping: Array(text.utf8), after: entries.last?.hash ?? .zero))
            }
        }
        let journal = chain(["1", "2", "3", "4", "5", "6"])
        (self.journal, other) = (journal, chain(["x", "y"], after: Array(journal.prefix(3))))
    }

    private func parcel(
        _ range: ClosedRange<Int>, of entries: [Entry]? = nil
    ) throws -> Parcel {
        let entries = entries ?? journal
        let last = entries[range.upperBound - 1]
        return Parcel(
            kiosk: kiosk,
            previous: range.lowerBound == 1 ? .zero : entries[range.lowerBound - 2].hash,
            entries: Array(entries[(range.lowerBound - 1)..<range.upperBound]),
            checkpoint: try Checkpoint(
                kiosk: kiosk, sequence: range.upperBound, head: last.hash,
                at: Instant(milliseconds: 0), key: DeviceKey(raw: Array(repeating: 1, count: 32))))
    }

    private func arrival(_ parcel: Parcel, trunk: Int, holds: Int? = nil) -> Arrival {
        place(SignedParcel(parcel), trunk: trunk, holds: holds ?? trunk) { sequence in
            sequence == 0 ? .zero : sequence <= trunk ? journal[sequence - 1].hash : nil
        }
    }

    private func unread(_ entries: ArraySlice<Entry>) -> [EntryBytes] {
        entries.map { EntryBytes(bytes: $0.bytes, hash: $0.hash) }
    }

    @Test func `what follows is new, whole or in part, and what is known is not`() throws {
        #expect(arrival(try parcel(1...2), trunk: 0) == .new(unread(journal[0..<2])))
        #expect(arrival(try parcel(4...6), trunk: 3) == .new(unread(journal[3..<6])))
        #expect(arrival(try parcel(2...5), trunk: 3) == .new(unread(journal[3..<5])))
        #expect(arrival(try parcel(1...3), trunk: 3) == .new([]))
        #expect(arrival(try parcel(2...3), trunk: 5) == .new([]))
    }

    @Test func `a gap is told from where it begins`() throws {
        #expect(arrival(try parcel(5...6), trunk: 3) == .gap(holds: 3))
        #expect(arrival(try parcel(2...2), trunk: 0) == .gap(holds: 0))
        // Of a contested journal everything up to its farthest branch is no gap.
        #expect(arrival(try parcel(5...6), trunk: 2, holds: 4) == .contested)
        #expect(arrival(try parcel(6...6), trunk: 2, holds: 4) == .gap(holds: 2))
    }

    @Test func `other content under a number is contested, wherever it begins`() throws {
        #expect(arrival(try parcel(4...5, of: other), trunk: 5) == .contested)
        #expect(arrival(try parcel(1...5, of: other), trunk: 4) == .contested)
        #expect(arrival(try parcel(4...4, of: other), trunk: 4) == .contested)
        // The same numbers behind another entry.
        #expect(arrival(try parcel(5...5, of: other), trunk: 4) == .contested)
        // Once contested, always: nothing is merged past a fork.
        #expect(arrival(try parcel(3...4), trunk: 2, holds: 3) == .contested)
    }
}
