import Allotting
import Identifying
import Journaling
import Merging
import Pricing
import Rules
import Syncing
import Vocabulary

/// One look at everybody's limits: what has ended, what home kiosks lack, what devices hold.
struct AllotmentNight {
    let now: Instant
    let rules: Rulebook

    init(_ now: Instant, _ rules: Rulebook) {
        self.now = now
        self.rules = rules
    }

    init(_ office: isolated Office) { self.init(office.clock.now(), office.policy.rules) }

    /// A calendar year whose limits are divided.
    struct Year {
        let year: Int
        /// The day whose rules give the limits.
        let day: Day
        let terms: AllotmentTerms
        let now: Instant

        /// So many days from now, and never beyond the year.
        func expiry(after days: Int) -> Instant {
            let last = Instant(startOf: Day(year: year + 1, month: 1, day: 1) ?? day)
            let start = max(now, Instant(startOf: day))
            return min(last, Instant(startOf: start.day.adding(days: days)))
        }
    }

    /// This year, and the next one once it is near.
    var years: [Year] {
        get throws {
            var years: [Year] = []
            let terms = try AllotmentTerms(by: rules, on: now.day)
            if terms.isDivided {
                years.append(Year(year: now.day.year, day: now.day, terms: terms, now: now))
            }
            guard let first = Day(year: now.day.year + 1, month: 1, day: 1) else { return years }
            let next = try AllotmentTerms(by: rules, on: first)
            if next.isDivided, now.day.adding(days: next.aheadDays) >= first {
                years.append(Year(year: first.year, day: first, terms: next, now: now))
            }
            return years
        }
    }

    func year(_ number: Int) throws -> Year? { try years.first { $0.year == number } }

    var isDivided: Bool { get throws { try !years.isEmpty } }

    /// Years that open rights may be of.
    private var openYears: [Int] { [now.day.year - 1, now.day.year, now.day.year + 1] }

    // MARK: What has ended

    /// Rights that have expired and whose holders were heard of since, and those of devices that
    /// nothing is taken from any more.
    func ended(_ session: any LedgerSession) throws -> [(StoredJournal, Int, [RightsClosed.Row])] {
        let journals = try journals(session)
        var rows: [KioskID: [Int: [RightsClosed.Row]]] = [:]
        try forEachPerson(session) { member in
            for year in openYears {
                for state in try open(member, year, session)
                where journals[state.holder].map({ isOver(state, $0) }) ?? false {
                    rows[state.holder, default: [:]][year, default: []].append(
                        RightsClosed.Row(owner: member.number, right: state.id))
                }
            }
        }
        return rows.sorted { $0.key < $1.key }.flatMap { holder, years in
            years.sorted { $0.key < $1.key }.compactMap { year, rows in
                journals[holder].map { ($0, year, rows) }
            }
        }
    }

    private func isOver(_ state: RightState, _ holder: StoredJournal) -> Bool {
        if holder.revoked { return true }
        // The county's own clock is watched by people; what it is off is bounded by the heard entry.
        return holder.forkedAt == nil
            && Clocks.countyMayReclaim(state.expires, earliest: now, heard: holder.lastEntryAt)
    }

    // MARK: What home kiosks lack

    func refills(_ session: any LedgerSession) throws -> [(KioskID, Year, [Allotment.Row])] {
        let homes = try homes(session)
        let drawn = try drawings(session)
        var given: [(KioskID, Year, [Allotment.Row])] = []
        for year in try years {
            var rows: [KioskID: [Allotment.Row]] = [:]
            try forEachPerson(session) { member in
                guard member.coverage.died == nil, let home = homes[Place(member)] else { return }
                let folded = try session.personYear(member.number, year.year)
                guard folded?.waiting == nil else { return }
                let divisions = try divisions(
                    member, year, folded, drawn: drawn[member.number], session)
                for limit in year.terms.limits {
                    guard let division = divisions[limit] else { continue }
                    let held = (folded?.rights ?? []).filter {
                        $0.holder == home && $0.limit == limit
                    }.reduce(0) { $0 + $1.left }
                    let amount = division.refill(
                        kept: year.terms.reserve, below: year.terms.refillBelow, home: held)
                    guard amount > 0 else { continue }
                    rows[home, default: []].append(
                        Allotment.Row(owner: member.number, limit: limit, amount: amount))
                }
            }
            given += rows.sorted { $0.key < $1.key }.map { ($0.key, year, $0.value) }
        }
        return given
    }

    // MARK: What devices hold

    /// Open rights by device; asked back where the person has another home by now, or is waiting for
    /// money that lies in them.
    func held(_ session: any LedgerSession) throws -> [KioskID: [RightRow]] {
        let homes = try homes(session)
        var rows: [KioskID: [RightRow]] = [:]
        try forEachPerson(session) { member in
            for year in openYears {
                let folded = try session.personYear(member.number, year)
                for state in folded?.rights ?? [] where !state.isClosed {
                    let right = Right(
                        id: state.id, holder: state.holder, owner: member.number, year: year,
                        limit: state.limit, amount: state.granted, expires: state.expires)
                    let recalled =
                        state.left > 0
                        && (folded?.waiting != nil || homes[Place(member)] != state.holder)
                    rows[state.holder, default: []].append(RightRow(right, recalled: recalled))
                }
            }
        }
        return rows
    }

    private func open(_ member: Member, _ year: Int, _ session: any LedgerSession) throws
        -> [RightState]
    {
        (try session.personYear(member.number, year)?.rights ?? []).filter { !$0.isClosed }
    }

    private func journals(_ session: any LedgerSession) throws -> [KioskID: StoredJournal] {
        Dictionary(try session.journals().map { ($0.kiosk, $0) }) { first, _ in first }
    }

    private func forEachPerson(
        _ session: any LedgerSession, _ body: (Member) throws -> Void
    ) throws {
        for township in try session.townships() {
            for member in try session.members(township: township) { try body(member) }
        }
    }

    private func drawings(_ session: any LedgerSession) throws -> [PersonNumber: [Day: Money]] {
        try session.townships().reduce(into: [:]) { all, township in
            all.merge(try session.accountDrawings(township: township)) { first, _ in first }
        }
    }
}
