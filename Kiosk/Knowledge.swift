import Allotting
import Cataloguing
import Checking
import Identifying
import Journaling
import Pricing
import Rules
import Settling
import Syncing
import Vocabulary

/// All this desk knows of a person at this moment: the county's roll and counters, carried on by
/// its own journal.
struct Patient: Sendable {
    let identified: Identified
    /// Whether the fund pays today, by which rule and figures.
    let verdict: Verdict
    let standing: Standing
    /// Balance of the personal account after this desk's own drawings.
    let account: Money
    let history: [Encounter.Dispensed]
    let rollAsOf: Instant
    /// What the county's adjustments left for this visit; negative is to be taken back.
    let owing: [OwedSum]
    /// What may be spent here today of limits that are divided; `nil` where none is.
    let holdings: Holdings?
    /// Relatives' accounts that may pay for this person, in the order in which they are asked.
    let family: [FamilyAccount]

    /// The bound the visit is priced within.
    var bounds: Bounds { holdings.map { Bounds(held: $0.held) } ?? .none }
    var member: Member { identified.member }
    var eligibility: Eligibility { verdict.eligibility }
}

extension Desk {
    func roll() throws -> Roll { try shelf.roll(trust: trust) }

    /// Everything known of an identified person.
    func patient(_ identified: Identified) throws -> Patient {
        guard policy.version > 0 else { throw Refusal.noPolicy }
        let own = try ownEntries(about: identified.member.number)
        var member = identified.member
        let row = try shelf.standing(member.number)
        var standing = (row?.standing ?? Standing(year: today.year)).on(today)
        var owing = OwingHere(row?.owing)
        for entry in own.unpublished {
            // The account's balance does not start again with the year; relatives draw from it too.
            member.account -= entry.fact.drawn(from: member.number)
            switch entry.fact {
            case .visit(let visit):
                guard visit.person == member.number else { continue }
                if entry.header.day.year == today.year { standing.add(visit.use) }
                owing.settle(visit.settles)
            case .visitVoid(let void):
                guard void.person == member.number else { continue }
                if entry.header.day.year == today.year { standing.add(void.use) }
                owing.giveBack(void.settles)
            case .contribution(let receipt):
                member.coverage.pay(receipt.year, on: entry.header.day)
            case .contributionVoid(let void): member.coverage.forget(year: void.year)
            case .contact(let change): member.reach(change.now)
            default: break
            }
        }
        return Patient(
            identified: Identified(member: member, assurance: identified.assurance),
            verdict: try member.verdict(on: today, by: policy.rules), standing: standing,
            account: member.account,
            history: history(try entriesBefore(about: member.number), of: member.number)
                + history(own.all, of: member.number),
            rollAsOf: try shelf.issued(.daily) ?? Instant(milliseconds: 0),
            owing: owing.open, holdings: try holdings(of: member.number),
            family: try familyAccounts(of: member))
    }

    /// This journal's entries about a person, and those that the county's counters do not hold yet.
    func ownEntries(about person: PersonNumber) throws -> (
        all: [Entry], unpublished: [Entry]
    ) {
        let all = try journal.read { try $0.entries(about: person) }
        let name = SectionName.standing(township: assignment.township)
        var included = 0
        if let bytes = try shelf.section(name), let line = bytes.split(separator: 0x0A).first {
            let heading = try CompactJSON.decode(StandingHeading.self, from: line)
            included = heading.through[journal.kiosk.rawValue] ?? 0
        }
        return (all, all.filter { $0.header.sequence > included })
    }

    private func history(
        _ entries: [Entry], of person: PersonNumber
    ) -> [Encounter.Dispensed] {
        var byEntry: [Int: [Encounter.Dispensed]] = [:]
        for entry in entries {
            switch entry.fact {
            case .visit(let visit) where visit.person == person:
                byEntry[entry.header.sequence] = visit.lines.map { line in
                    let item = policy.catalogue.item(line.code, entry.header.day)
                    return Encounter.Dispensed(
                        day: entry.header.day, code: line.code, feeType: item?.feeType ?? .other,
                        days: line.days, quantity: line.quantity)
                }
            case .visitVoid(let void): byEntry[void.voids] = nil
            default: break
            }
        }
        return byEntry.sorted { $0.key < $1.key }.flatMap(\.value)
    }
}
