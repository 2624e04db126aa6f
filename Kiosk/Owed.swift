import Journaling
import Syncing
import Vocabulary

// What the county's adjustments left for the next visit.
extension Desk {
    /// What a person is to be given (negative: what is to be taken back) at this visit; `nil` where
    /// nothing is left.
    func owed(_ person: PersonNumber) throws -> Money? {
        let section = SectionName.standing(township: assignment.township)
        guard let bytes = try shelf.section(section) else { return nil }
        let name = Array("\"\(person)\"".utf8)
        for line in bytes.split(separator: 0x0A).dropFirst() where line.contains(name) {
            let row = try CompactJSON.decode(StandingRow.self, from: line)
            if row.person == person { return row.owed }
        }
        return nil
    }
}
