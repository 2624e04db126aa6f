import Identifying
import Scanning
import Syncing
import Vocabulary

/// What the county's list says about somebody who is not on this township's roll.
struct CountyWord: Sendable, Equatable {
    enum Answer: Sendable, Equatable {
        case covered(Scheme)
        case notCovered(Scheme)
        /// Nobody in the whole county has this number.
        case unknown
        /// The list speaks of an earlier year only.
        case tooOld
    }

    var answer: Answer
    /// When the county made the list, and how many days ago that is.
    var asOf: Instant
    var age: Int
    /// What a genuine credential says of its holder.
    var name: String?
}

extension Desk {
    /// Identifies a scan on the township's roll; where it is not there, says what the county's list
    /// knows instead.
    func find(_ scan: Scan) throws -> Identified {
        do { return try Identifying.identify(scan, in: try roll(), on: today) } catch {
            guard let word = try countyWord(for: error, scan) else { throw error }
            throw Refusal.notOnThisRoll(word)
        }
    }

    /// - Returns: `nil` for other refusals, and where this desk holds no list.
    private func countyWord(for error: any Error, _ scan: Scan) throws -> CountyWord? {
        guard let fault = error as? IdentificationFault,
            let key = assignment.coverageKey.flatMap(CoverageKey.init(hex:)),
            let list = try shelf.section(SectionName.coverage).flatMap(CoverageList.init(bytes:))
        else { return nil }
        switch (fault, scan) {
        case (.unknownIdentity(let identity), _):
            return word(list.mark(of: identity, key: key), of: list, name: nil)
        case (.notOnRoll(let name, _), .credential(let signed)):
            return word(list.mark(ofCredential: signed.claims.index), of: list, name: name)
        default: return nil
        }
    }

    private func word(_ mark: CoverageMark?, of list: CoverageList, name: String?) -> CountyWord {
        let answer: CountyWord.Answer =
            if let mark {
                switch list.covers(mark, in: today.year) {
                case true?: .covered(mark.scheme)
                case false?: .notCovered(mark.scheme)
                case nil: .tooOld
                }
            } else { .unknown }
        let asOf = list.heading.asOf
        return CountyWord(
            answer: answer, asOf: asOf, age: today.days(since: asOf.day), name: name)
    }
}
