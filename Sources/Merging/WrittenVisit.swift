import Journaling
import Vocabulary

/// A visit of a person's year, with when it was written.
struct WrittenVisit {
    let placed: Placed
    let visit: Visit

    /// - Returns: `nil` for what is no visit, or one of a relative or of another year.
    init?(_ placed: Placed, of year: PersonYear) {
        guard case .visit(let visit) = placed.entry.fact, visit.person == year.person,
            placed.isOfYear(year.year)
        else { return nil }
        self.placed = placed
        self.visit = visit
    }

    var day: Day { placed.entry.header.day }
    var at: Instant { placed.entry.header.at }

    /// By the time they state; canonical order decides where two boxes state the same.
    static func earlier(_ a: WrittenVisit, _ b: WrittenVisit) -> Bool {
        a.at == b.at ? Placed.canonical(a.placed, b.placed) : a.at < b.at
    }
}
