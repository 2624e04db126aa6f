import Allotting
import Merging
import Pricing
import Publishing
import Rules
import Syncing
import Vocabulary

/// What the policy's way of dividing limits can cost at worst, in sentences, for every mode that is
/// in force or comes: read before a change of it is signed.
struct WorstCases {
    let rules: Rulebook
    let day: Day
    /// Devices that settle visits, and people on the roll.
    let kiosks: Int
    let people: Int

    init(_ rules: Rulebook, on day: Day, _ session: any LedgerSession) throws {
        self.rules = rules
        self.day = day
        let clinics = Set(try session.institutions().filter { $0.kind == "village" }.map(\.code))
        kiosks = try session.journals().filter {
            $0.isServed && clinics.contains($0.institution)
        }.count
        people = try session.memberCount()
    }

    /// Empty where the rules divide nothing and never will.
    var sentences: [String] {
        guard let mode = rules[AllotmentTerms.folder + "/mode"] else { return [] }
        let current = mode.inForce(on: day)
        return mode.values.filter { $0 == current || $0.from > day }.flatMap { dated in
            sentences(max(dated.from, day), isNew: dated.from > day)
        }
    }

    private func sentences(_ day: Day, isNew: Bool) -> [String] {
        let folder = rules.folder(AllotmentTerms.folder)
        guard let word = try? folder.word("mode", on: day),
            let mode = AllotmentMode(rawValue: word.value)
        else { return [] }
        let names = (try? folder.words("limits", on: day))?.value ?? []
        let floor = (try? folder.money("floor", on: day))?.value ?? .zero
        return Scheme.allCases.flatMap { scheme -> [String] in
            let bill = Bill(day: day, scheme: scheme, kind: .outpatient, level: .village, lines: [])
            let limits = try? yearlyLimits(for: bill, by: rules, given: Standing(year: day.year))
            return names.compactMap(Counter.init).compactMap { counter in
                guard let limit = limits?[counter], !counter.countsTimes else { return nil }
                let worst = WorstCase(mode, limit: Money(fen: limit), floor: floor, kiosks: kiosks)
                return Texts.worst(
                    Texts.worstName(scheme, counter, isNew ? day : nil), worst, kiosks: kiosks,
                    people: people)
            }
        }
    }
}

extension Texts {
    static func worstName(_ scheme: Scheme, _ counter: Counter, _ from: Day?) -> String {
        let name = Texts.scheme(scheme) + Texts.counter(counter.name) + "年度限额"
        return (from.map { "\($0) 起，" } ?? "") + name
    }
}
