import Identifying
import Journaling
import Merging
import Pricing
import Settling
import Syncing
import Vocabulary

// What the roll of a township carries of its people.
extension SQLSession: TownshipYears {
    func standings(township: String, year: Int) throws -> [StandingRow] {
        let years = try json(
            PersonYear.self,
            """
            SELECT person_year.json FROM person_year JOIN person ON psn = person
            WHERE township = ? AND year = ?
            """, [township, year]
        ).filter { $0.claimed.visits > 0 || !$0.held.isEmpty || $0.owing != nil }
        var owing = try owingOfOtherYears(township: township, year)
        let rows = years.map { year in
            let others = owing.removeValue(forKey: year.person)
            let sums = (others ?? []) + (year.owing ?? [])
            return StandingRow(
                person: year.person, standing: year.standing, owing: sums.isEmpty ? nil : sums)
        }
        return rows
            + owing.sorted { $0.key < $1.key }.map { person, sums in
                StandingRow(person: person, standing: Standing(year: year), owing: sums)
            }
    }

    /// What is owed does not lapse with its year.
    private func owingOfOtherYears(
        township: String, _ year: Int
    ) throws -> [PersonNumber: [OwedSum]] {
        let years = try json(
            PersonYear.self,
            """
            SELECT person_year.json FROM owing
            JOIN person_year ON person_year.person = owing.person
                AND person_year.year = owing.year
            JOIN person ON person.psn = owing.person
            WHERE person.township = ? AND owing.year <> ?
            ORDER BY owing.person, owing.year
            """, [township, year])
        return years.reduce(into: [:]) { $0[$1.person, default: []] += $1.owing ?? [] }
    }

    func contributions(township: String) throws -> [(PersonNumber, YearPayment)] {
        let years = try json(
            PersonYear.self,
            """
            SELECT person_year.json FROM person_year JOIN person ON psn = person
            WHERE township = ?
            """, [township]
        )
        // A household stands on one receipt, so each is looked up once.
        var days: [EntryReference: Day] = [:]
        return try years.compactMap { year in
            guard let first = try covering(year) else { return nil }
            guard let day = try days[first] ?? entry(first)?.entry.header.day else { return nil }
            days[first] = day
            return (year.person, YearPayment(year: year.year, on: day))
        }
    }

    /// The receipt that covers: the standing one, or one on a branch nobody has decided about yet;
    /// whoever paid is not to suffer for a box that was copied.
    private func covering(_ year: PersonYear) throws -> EntryReference? {
        if let first = year.contributions.first { return first }
        return try year.held.first { reference in
            if case .contribution? = try entry(reference)?.entry.fact { true } else { false }
        }
    }

    func accountDrawings(township: String) throws -> [PersonNumber: [Day: Money]] {
        let rows = try rows(
            """
            SELECT person, day, amount FROM account_drawing JOIN person ON psn = person
            WHERE township = ?
            """, [township])
        return rows.reduce(into: [:]) { drawn, row in
            guard let person = PersonNumber(rawValue: row["person"]),
                let day = Day(row["day"] as String)
            else { return }
            drawn[person, default: [:]][day] = Money(fen: row["amount"])
        }
    }
}
