import Journaling
import Merging
import Vocabulary

/// Which entries came in since a moment.
struct Arrived: Sendable {
    private let stretches: [KioskID: [ClosedRange<Int>]]

    init(_ stretches: [(KioskID, ClosedRange<Int>)]) {
        self.stretches = Dictionary(grouping: stretches, by: \.0).mapValues { $0.map(\.1) }
    }

    func contains(_ reference: EntryReference) -> Bool {
        (stretches[reference.kiosk] ?? []).contains { $0.contains(reference.sequence) }
    }

    /// Whether an entry came in that made the clash.
    func brought(_ clash: Clash) -> Bool { clash.entries.contains { contains($0) } }
}
