import Foundation
import Journaling
import SmallCounty
import Vocabulary

@testable import Kiosk
@testable import SyncServer

// Rights to a yearly limit, held beforehand: nobody honest spends more than was given, all together
// stay within the limit, a copied device costs what the office was told it may.
extension Check {
    static let rights: [Check] = [
        Check(name: "overspent", moment: .step, look: overspent),
        Check(name: "divided", moment: .step, look: divided),
        Check(name: "worst case", moment: .step, look: worstCase),
        Check(name: "contested", moment: .step, look: contested),
    ]

    private static func book(_ world: World) -> RightsBook? {
        guard world.template.divided?.isDivided == true else { return nil }
        return RightsBook(
            world.auditor, world.machines.map(\.chain) + world.auditor.past,
            copied: world.auditor.copied)
    }

    /// Each right is spent by its holder, for its owner, before its end, and up to its amount; in
    /// every single life of a device, a copied one's too.
    private static func overspent(_ world: World) -> [String] { book(world)?.faults ?? [] }

    /// What was paid and what may still be paid, by all together, is never more than the limit; where
    /// policy pays a floor, by no more than what was paid of floors; and for every further life of a
    /// device by no more than it was given.
    private static func divided(_ world: World) -> [String] {
        guard let book = book(world) else { return [] }
        return inForce(book, world).compactMap { key, sums in
            let extra = further(sums, world)
            let most = world.auditor.limit + sums.free + extra
            let sum = sums.desk + sums.booked + (extra > 0 ? 0 : sums.open)
            return sum <= most
                ? nil
                : "\(key.person) \(key.year): \(sums.desk) paid, \(sums.booked) booked, "
                    + "\(sums.open) open; \(most) at most"
        }
    }

    /// What the policy page tells the office before it signs, holds.
    private static func worstCase(_ world: World) throws -> [String] {
        guard let book = book(world), let told = world.auditor.worst else { return [] }
        let lives = world.auditor.lives.values.reduce(0) { $0 + $1 - 1 }
        return inForce(book, world).compactMap { key, sums in
            let most = world.auditor.limit + told.overspend + lives * told.copied
            let sum = sums.desk + sums.booked
            return sum <= most
                ? nil : "\(key.person) \(key.year): \(sum) paid, \(most) told as the worst"
        }
    }

    /// A journal that the county knows to be contested is given nothing more.
    private static func contested(_ world: World) -> [String] {
        world.auditor.givenInDoubt.map { "\($0) was given rights and is contested" }
    }

    /// People whose limits are divided. Where clerks have chosen between branches, what of a copied
    /// device counts is theirs to say.
    private static func inForce(
        _ book: RightsBook, _ world: World
    ) -> [(RightsBook.PersonAndYear, RightsBook.Sums)] {
        let first = world.template.dividedFrom
        return book.people.sorted { $0.key < $1.key }.filter { key, sums in
            key.year >= first && !(world.auditor.hasDecided && further(sums, world) > 0)
        }
    }

    /// What lives of copied devices beyond the first may have spent.
    private static func further(_ sums: RightsBook.Sums, _ world: World) -> Int {
        world.auditor.lives.reduce(0) { sum, life in
            sum + (life.value - 1) * ((sums.given[life.key] ?? 0) + world.template.floor)
        }
    }
}

extension Auditor {
    /// What the page of the policy tells the office in yuan; read from its words.
    struct Worst {
        let overspend: Int
        let copied: Int

        /// - Returns: `nil` where nothing is said of one person.
        init?(_ sentences: [String]) {
            guard let text = sentences.last(where: { $0.contains("居民") }) else { return nil }
            func fen(_ before: String) -> Int? {
                guard let place = text.range(of: before) else { return nil }
                let digits = text[place.upperBound...].drop { $0 == " " }
                    .prefix { $0.isNumber || $0 == "." }
                return Money(yuan: digits)?.fen
            }
            guard let overspend = fen("最多多付"), let copied = fen("不超过") else { return nil }
            (self.overspend, self.copied) = (overspend, copied)
        }

        init(overspend: Int, copied: Int) {
            (self.overspend, self.copied) = (overspend, copied)
        }
    }

    /// The page says this now; what it said before was said as well.
    mutating func tell(_ page: Worst?) {
        guard let page else { return report("worst case", "the page of the policy says nothing") }
        worst = Worst(
            overspend: max(page.overspend, worst?.overspend ?? 0),
            copied: max(page.copied, worst?.copied ?? 0))
    }

    /// A person was told what is left here today, and then settled: this much is paid, or all that
    /// the visit comes to.
    mutating func told(_ left: Money?, _ entry: Entry) {
        guard let left, let said = Truth.Said(entry.bytes) else { return }
        let whole = rates.map { rate in (said.scope * rate + 50) / 100 }
        guard !whole.contains(where: { said.fund == min(left.fen, $0) }) else { return }
        report(
            "told",
            "\(entry.header): \(left.fen) left here, \(said.fund) granted of \(whole.sorted())")
    }
}
