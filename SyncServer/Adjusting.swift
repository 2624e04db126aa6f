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
        var (written, last): (Int, PersonAndYear?) = (0, nil)
        while true {
            let (facts, end) = try store.read { session in
                let closings = try session.closings()
                let open = try session.openCorrections(behind: last, limit: 1_000)
                let facts = try open.flatMap { try adjustments(of: $0, closings, session) }
                return (facts, open.last)
            }
            guard let end else { return written }
            last = end
            try write(facts.map(Fact.adjustment))
            written += facts.count
        }
    }

    private func adjustments(
        of place: PersonAndYear, _ closings: Closings, _ session: any LedgerSession
    ) throws -> [Adjustment] {
        // What a county set back has forgotten may have been paid already; its kiosks bring it.
        guard let year = try session.personYear(place.person, place.year),
            try session.closedUnheard(year).isEmpty
        else { return [] }
        return year.corrections.flatMap { adjustments(of: $0, place.person, place.year, closings) }
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
