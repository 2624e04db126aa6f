import Allotting
import Rules
import Vocabulary

/// What a rule set says about dividing limits that could not be followed, or not safely.
func allotmentFaults(_ book: Rulebook) -> [RuleFault] {
    let path = AllotmentTerms.folder
    let known = [
        "mode", "limits", "reserve", "refill_below", "valid_days", "drawn_days", "ahead_days",
        "floor",
    ]
    var faults = unread(book.folder(path), known: known)
    guard let mode = book[path + "/mode"] else { return faults }
    for dated in mode.values {
        // What kiosks spent before without rights is not known to those who divide the rest.
        if Day(year: dated.from.year, month: 1, day: 1) != dated.from {
            faults.append(
                RuleFault(
                    file: mode.path + ".yaml", line: 1,
                    message: "the mode changes on \(dated.from), within a year",
                    remedy: "let it change on 1 January, when nothing of a limit is spent yet"))
        }
        do { _ = try AllotmentTerms(by: book, on: dated.from) } catch {
            faults.append(
                RuleFault(
                    file: mode.path + ".yaml", line: 1,
                    message: "limits cannot be divided from \(dated.from) on: \(error)",
                    remedy: "write every parameter of \(path), with words this software knows"))
        }
    }
    return faults
}
