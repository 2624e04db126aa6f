import Identifying
import Rules
import Vocabulary

/// In which way a member may pay for a year on a day: in the window, as a newborn, after leaving
/// the employee scheme, or late.
func entry(
    of member: Member, for year: Int, on day: Day, by rules: Rulebook
) throws(NotDue) -> Due.Entry {
    do {
        if let newborn = try member.newbornWindow(by: rules), newborn.contains(day),
            newborn.years(born: member.birth).contains(year)
        {
            return .newborn
        }
        guard let window = try member.window(for: year, by: rules) else { return .window }
        if window.contains(day) { return .window }
        if let way = try lateWay(member, year, day, rules) { return way }
        throw NotDue.outsideWindow(from: window.first, to: window.closes)
    } catch let fault as NotDue {
        throw fault
    } catch let fault as RulebookFault {
        throw .rules(fault)
    } catch {
        preconditionFailure("the rulebook throws its own faults only")
    }
}

/// Ways to pay within the year itself, once its window has closed.
private func lateWay(
    _ member: Member, _ year: Int, _ day: Day, _ rules: Rulebook
) throws(RulebookFault) -> Due.Entry? {
    let first = firstDay(of: year)
    guard day.year == year else { return nil }
    if try member.changeWindow(paying: day, for: year, by: rules) != nil { return .schemeChange }
    let folder = rules.folder(contributions)
    guard try folder.word("late_entry", on: first)?.value == "yes" else { return nil }
    return .late
}
