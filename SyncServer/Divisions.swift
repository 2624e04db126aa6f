import Allotting
import Identifying
import Journaling
import Merging
import Pricing
import Rules
import Syncing
import Vocabulary

/// A village, by its township.
struct Place: Hashable {
    let township: String
    let village: String

    init(township: String, village: String) {
        self.township = township
        self.village = village
    }

    init(_ member: Member) {
        self.init(township: member.home.township, village: member.home.village)
    }
}

// How one person's limits stand divided, from rules, roll and folded entries.
extension AllotmentNight {
    /// The device that holds the allotments of a village: its clinic's, and of several the first.
    ///
    /// A device in its second journal is that journal; one that is contested is given nothing, and
    /// one that is only prepared finds its rights on its first stick.
    func homes(_ session: any LedgerSession) throws -> [Place: KioskID] {
        let clinics = try session.institutions().filter { $0.kind == "village" }
        let places = Dictionary(clinics.map { ($0.code, $0) }) { first, _ in first }
        var homes: [Place: KioskID] = [:]
        let journals = try session.journals().filter(\.isServed)
        let newest = Dictionary(grouping: journals, by: \.kiosk.device).compactMapValues { all in
            all.max { $0.kiosk.journal < $1.kiosk.journal }
        }
        for journal in newest.values.sorted(by: { $0.kiosk < $1.kiosk }) {
            guard let clinic = places[journal.institution], journal.forkedAt == nil else {
                continue
            }
            let place = Place(township: clinic.township, village: clinic.village)
            if homes[place] == nil { homes[place] = journal.kiosk }
        }
        return homes
    }

    /// - Parameter drawn: by day, what was drawn from the person's account.
    func divisions(
        _ member: Member, _ year: Year, _ folded: PersonYear?, drawn: [Day: Money]?,
        _ session: any LedgerSession
    ) throws -> [Counter: Division] {
        let limits = try limits(of: member, year)
        let outstanding = try outstanding(folded, session)
        var divisions: [Counter: Division] = [:]
        for limit in year.terms.limits {
            if limit == .ownAccount {
                divisions[limit] = try account(
                    member, year, outstanding[limit] ?? 0, drawn, session)
            } else if let most = limits[limit] {
                divisions[limit] = Division(
                    limit: most,
                    used: (folded?.standing[limit] ?? 0) + (folded?.paidAhead(of: limit) ?? 0),
                    outstanding: outstanding[limit] ?? 0)
            }
        }
        return divisions
    }

    /// What holders may still spend of a person's year, or may have spent unknown to the county.
    private func outstanding(
        _ folded: PersonYear?, _ session: any LedgerSession
    ) throws -> [Counter: Int] {
        guard let folded, let rights = folded.rights else { return [:] }
        let unheard = try session.closedUnheard(folded)
        return rights.reduce(into: [:]) {
            $0[$1.limit, default: 0] += unheard.contains($1.id) ? $1.unspent : $1.left
        }
    }

    /// A balance carries over, so the rights of the year before lie on it too; next year's are given
    /// once it has come.
    private func account(
        _ member: Member, _ year: Year, _ outstanding: Int, _ drawn: [Day: Money]?,
        _ session: any LedgerSession
    ) throws -> Division? {
        guard member.scheme == .employee, year.year == now.day.year else { return nil }
        let asOf = member.accountAsOf ?? Day(number: 0)
        let used = (drawn ?? [:]).filter { $0.key > asOf }.values.sum().fen
        let before = try session.personYear(member.number, year.year - 1)
        let older = try self.outstanding(before, session)[.ownAccount] ?? 0
        return Division(limit: member.account.fen, used: used, outstanding: outstanding + older)
    }

    /// The limits of all kinds of visit a village clinic settles; of a counter that two kinds share,
    /// the lower, so that neither is overspent.
    private func limits(of member: Member, _ year: Year) throws -> [Counter: Int] {
        let kinds =
            [VisitKind.outpatient]
            + [.twoDiseases, .chronic].filter { kind in
                member.recognitions.contains { $0.kind == kind && $0.from <= year.day }
            }
        var limits: [Counter: Int] = [:]
        for kind in kinds {
            let bill = Bill(
                day: year.day, scheme: member.scheme, kind: kind, level: .village, lines: [],
                patient: member.facts(for: kind, on: year.day))
            // A kind the region has no benefit for is settled nowhere either.
            let found = try? yearlyLimits(for: bill, by: rules, given: Standing(year: year.year))
            limits.merge(found ?? [:], uniquingKeysWith: min)
        }
        return limits
    }
}

extension Member {
    /// What the roll says about the person that rules may ask.
    fileprivate func facts(for kind: VisitKind, on day: Day) -> Bill.Patient {
        let diseases = recognitions.filter { $0.kind == kind && $0.from <= day }
        var facts = Bill.Patient()
        facts.birth = birth
        facts.sex = sex
        facts.titles = titles.isEmpty ? nil : titles
        facts.familyDoctor = familyDoctor ? true : nil
        facts.diseases = diseases.isEmpty ? nil : diseases.map(\.disease)
        return facts
    }
}

extension LedgerSession {
    /// Rights whose closing the county remembers while it has forgotten, set back to a backup, what
    /// their holder spent of them before: until its journal is there again they count as held.
    func closedUnheard(_ folded: PersonYear) throws -> Set<String> {
        guard folded.rights?.contains(where: { $0.isClosed && $0.unspent > 0 }) ?? false,
            try lastBeforeSetBack() != nil
        else { return [] }
        var unheard: Set<String> = []
        for placed in try entries(of: folded.person, year: folded.year) {
            guard case .rightsClosed(let closing) = placed.entry.fact else { continue }
            for end in closing.closings(at: placed.sequence)
            where try end.through > (journal(end.holder)?.through ?? 0) {
                unheard.insert(end.right)
            }
        }
        return unheard
    }

    /// Whose journals are waited for before anything of a person's year is booked.
    func unheardHolders(_ folded: PersonYear) throws -> [KioskID] {
        let unheard = try closedUnheard(folded)
        return Set((folded.rights ?? []).filter { unheard.contains($0.id) }.map(\.holder)).sorted()
    }
}
