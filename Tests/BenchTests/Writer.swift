import Cataloguing
import Identifying
import Journaling
import Merging
import Pricing
import Settling
import SmallCounty
import Syncing
import Vocabulary

/// Writes one kiosk's journal in memory: visits of people drawn from the county.
struct Writer {
    let kiosk: KioskID
    let county: SmallCounty
    let policy: Policy

    /// - Parameter visitsOfEach: how often each person of this kiosk comes.
    func entries(count: Int, visitsOfEach: Int) throws -> [Entry] {
        var random = SeededNumbers(seed: UInt64(kiosk.rawValue.dropFirst()) ?? 1)
        var (entries, standings): ([Entry], [PersonNumber: Standing]) = ([], [:])
        let people = max(1, count / visitsOfEach)
        for sequence in 1...count {
            var member = county.members[1]
            // Scattered, so that nobody's rows lie beside those of the same kiosk's others.
            let name = SyncingHash.of(Array("\(kiosk) \(sequence % people)".utf8)).description
            member.number =
                PersonNumber(rawValue: "P" + name.prefix(8).uppercased()) ?? member.number
            let day = county.clock.clock.now().day.adding(days: sequence / 20 % 60)
            let given = (standings[member.number] ?? Standing(year: day.year)).on(day)
            let bill = Bill(
                day: day, scheme: member.scheme, kind: .outpatient, level: .village,
                lines: [
                    Bill.Line(
                        code: "XC08CAQ866A001010199001",
                        quantity: Quantity(1 + random.next(below: 20)), price: Money(fen: 390)),
                    Bill.Line(code: "001102000010000", quantity: .one, price: Money(fen: 600)),
                ])
            let quote = try price(
                bill, by: policy.rules, catalogue: policy.catalogue, given: given)
            standings[member.number] = quote.standing
            let visit = Visit(
                identity: "\(kiosk)-\(sequence)",
                patient: Identified(member: member, assurance: .credential),
                diagnoses: ["I10.x00x002"], quote: quote,
                settlement: try settle(quote, tenders: Settlement.inCash(quote)), given: given,
                knowledge: Knowledge(policy: 1, rollAsOf: Instant(milliseconds: 0)))
            let header = Entry.Header(
                kiosk: kiosk, sequence: sequence, at: Instant(startOf: day), day: day, by: "D0001",
                session: "s", kind: "visit")
            entries.append(try Entry(.visit(visit), header, after: entries.last?.hash ?? .zero))
        }
        return entries
    }
}
