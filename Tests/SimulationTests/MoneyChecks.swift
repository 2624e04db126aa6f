import Foundation
import Journaling
import Merging
import SmallCounty
import Vocabulary

@testable import Kiosk
@testable import SyncServer

// Money, and the limits it is drawn against; rights held beforehand are in RightsChecks.swift.
extension Check {
    /// What the ledger says was settled is what the devices' own entries say, by a sum of our own.
    /// People seen on a forked journal are left out: what counts there, clerks decide.
    static func claims(_ world: World) throws -> [String] {
        try world.servers.flatMap { server -> [String] in
            guard let office = server.office else { return [] }
            let account = try Account(office, world.auditor.truth)
            return try office.store.read { session in
                try account.funds.sorted { $0.key < $1.key }.compactMap { key, sum in
                    guard !account.doubtful.contains(key.person),
                        let person = PersonNumber(rawValue: key.person)
                    else { return nil }
                    let claimed = try session.personYear(person, key.year)?.claimed
                    return claimed?.fund.fen == sum.fund && claimed?.visits == sum.visits
                        ? nil
                        : "server \(server.number): \(key.person) \(key.year) claimed "
                            + "\(claimed?.fund.fen ?? -1), settled \(sum.fund)"
                }
            }
        }
    }

    private struct PersonAndYear: Hashable, Comparable {
        let person: String
        let year: Int

        static func < (a: Self, b: Self) -> Bool { (a.person, a.year) < (b.person, b.year) }
    }

    /// Visits a server holds, less those taken back, by person and year.
    private struct Account {
        var funds: [PersonAndYear: (fund: Int, visits: Int)] = [:]
        var doubtful: Set<String> = []

        init(_ office: Office, _ truth: Truth) throws {
            let forked = Set(
                try office.store.read { try $0.journals() }.filter { $0.forkedAt != nil }
                    .map(\.kiosk))
            for placed in try everything(office) {
                guard let said = truth.written[placed.entry.hash.bytes]?.said else { continue }
                if forked.contains(placed.kiosk), !said.person.isEmpty {
                    doubtful.insert(said.person)
                }
                let sign = said.kind == "visit" ? 1 : said.kind == "visitVoid" ? 1 : 0
                guard sign != 0 else { continue }
                let key = PersonAndYear(person: said.person, year: said.year)
                // A void carries the mirror image of its amounts.
                let visits = said.kind == "visit" ? 1 : -1
                let sum = funds[key] ?? (0, 0)
                funds[key] = (sum.fund + said.fund, sum.visits + visits)
            }
        }
    }

    /// With full knowledge nobody is paid more than the year's limit, and wherever more was settled
    /// the ledger says so.
    static func limits(_ world: World) throws -> [String] {
        let days = world.template.start.day
        return try world.servers.flatMap { server -> [String] in
            guard let office = server.office else { return [] }
            let limit = world.auditor.limit
            return try office.store.read { session in
                try session.personYears(since: Day(number: days.number - 400)).compactMap {
                    person, number in
                    guard let year = try session.personYear(person, number) else { return nil }
                    let isTold = year.claimed.fund.fen <= limit || !year.corrections.isEmpty
                    return year.due.fund.fen <= limit && isTold
                        ? nil
                        : "server \(server.number): \(person) \(number) is due "
                            + "\(year.due.fund.fen) of \(limit), settled \(year.claimed.fund.fen)"
                }
            }
        }
    }
}
