import Identifying
import Journaling
import Merging
import Syncing
import Vocabulary

// The list by which a kiosk knows whether somebody of another township is covered.
extension Office {
    /// The county's key to its list, made once; it goes out with every desk's assignment.
    static func coverageKey(_ session: any LedgerSession, _ randomness: Randomness) throws
        -> String
    {
        if let kept = try session.note(coverageNote) {
            return String(decoding: kept, as: UTF8.self)
        }
        let made = hex(randomness.bytes(32))
        try session.put(note: coverageNote, Array(made.utf8))
        return made
    }

    /// How the members of a township stand today and next year, by the rules that kiosks ask too.
    func coverageRows(_ members: [Member]) -> [CoverageList.Row] {
        members.map { member in
            let paid = member.coverage.paidYears
            // Where no rule says, what was paid for does.
            let covered =
                (try? member.eligibility(on: today, by: policy.rules).paysBenefit)
                ?? paid.contains(today.year)
            let gone = member.coverage.died != nil || member.coverage.moved != nil
            return CoverageList.Row(
                identity: member.identity, credential: member.credential,
                mark: CoverageMark(
                    covered: covered, nextYear: paid.contains(today.year + 1) && !gone,
                    scheme: member.scheme(on: today)))
        }
    }
}

private let coverageNote = "coverage key"
