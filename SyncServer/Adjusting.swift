import Hosting
import Journaling
import Merging
import Pricing
import Rules
import Syncing
import Vocabulary

// Differences become entries of the office's own journal, each with its reason; months are closed by
// entries too.
extension Office {
    /// Books what the folded person-years leave open.
    ///
    /// - Returns: how many adjustments were written.
    @discardableResult
    func bookAdjustments() throws -> Int {
        try foldBacklog()
        // What kiosks may still spend must not be paid to the person besides.
        guard try knowsRights() else { return 0 }
        var written = 0
        while true {
            let facts = try store.read { session in
                let closings = try session.closings()
                return try session.openCorrections(limit: 1_000).flatMap { person, year in
                    try (session.personYear(person, year)?.corrections ?? [])
                        .flatMap { adjustments(of: $0, person, year, closings) }
                }
            }
            guard !facts.isEmpty else { return written }
            let now = clock.now()
            for fact in facts {
                try journal.append(
                    .adjustment(fact),
                    Journal.Stamp(at: now, day: now.day, by: "", session: ""))
            }
            written += facts.count
            try takeOwnEntries()
        }
    }

    private func adjustments(
        of correction: PersonYear.Correction, _ person: PersonNumber, _ year: Int,
        _ closings: Closings
    ) -> [Adjustment] {
        correction.open.sorted { $0.key.rawValue < $1.key.rawValue }.map { bearer, open in
            Adjustment(
                identity: randomness.identity(), person: person, year: year,
                kiosk: correction.visit.kiosk, sequence: correction.visit.sequence,
                hash: correction.visit.hash, scheme: correction.scheme, difference: open,
                reason: correction.reason, bearer: bearer,
                isLate: closings.isClosed(Month(of: correction.day)))
        }
    }
}
