import Rules
import Settling
import Vocabulary

/// What a rule set says about settling differences at the next visit that no kiosk could follow.
func owedFaults(_ book: Rulebook) -> [RuleFault] {
    let path = OwedTerms.folder
    let folder = book.folder(path)
    var faults = unread(folder, known: ["at_next_visit", "most_share", "least", "may_leave"])
    let days = Set(folder.parameters.values.flatMap { $0.values.map(\.from) }).sorted()
    for day in days {
        // Days before the first value of the switch have no terms at all.
        guard let first = book[path + "/at_next_visit"]?.values.first?.from, day >= first else {
            continue
        }
        do { _ = try OwedTerms(by: book, on: day) } catch {
            faults.append(
                RuleFault(
                    file: path + "/at_next_visit.yaml", line: 1,
                    message: "differences cannot be settled from \(day) on: \(error)",
                    remedy: "write all, share or never, and with share the most_share of everybody")
            )
        }
    }
    return faults
}
