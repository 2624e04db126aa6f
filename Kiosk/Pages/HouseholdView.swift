import Collecting
import Identifying
import Vocabulary

/// The search for a household.
struct SearchView {
    let searched: String
    let choices: [HouseholdChoice]
    let isChoosing: Bool
    let collecting: String
    let receiptsLeft: Mark
}

struct HouseholdChoice {
    let number: Int
    let household: String
    let head: String
    let place: String

    init(_ number: Int, _ household: String, _ members: [Member]) {
        self.number = number
        self.household = household
        let head = members.first { $0.home.isHead } ?? members.first
        self.head = head.map { masked($0.name) } ?? household
        place = head.map { Texts.place($0.home, people: members.count) } ?? ""
    }
}

/// A household with what each of its people owes.
struct HouseholdView {
    let household: String
    let head: String
    let place: String
    var members: [MemberRow]
    let total: String
    let anyDue: Bool
    var identity = ""
    var given = ""
    var takesCash = false
    var takesCard = false
    var receiptsLeft = Mark(.plain, "")
    var rollAge = ""

    struct MemberRow {
        let person: String
        let name: String
        let about: String
        /// Absent where nobody said one.
        let phone: String?
        let standard: String
        let relief: String
        let toPay: String
        let fen: Int
        let isDue: Bool
        /// Why nothing is due, or by which title less is.
        var stateWord: String
        /// For a person with missed years: from when benefit runs, and what paying them changes.
        let gap: String?
    }

    init(_ household: Household, on day: Day) {
        self.household = household.number
        let members = household.rows.map(\.member)
        let head = members.first { $0.home.isHead } ?? members.first
        self.head = head?.name ?? household.number
        place = head.map { Texts.place($0.home, people: members.count) } ?? ""
        self.members = household.rows.map { MemberRow($0, on: day) }
        total = household.dues.sum { $0.toPay }.description
        anyDue = !household.dues.isEmpty
    }
}

extension HouseholdView.MemberRow {
    init(_ row: Household.Row, on day: Day) {
        let member = row.member
        person = member.number.rawValue
        name = member.name
        about = Texts.born(member, on: day)
        phone = member.phone.flatMap { $0.isEmpty ? nil : $0 }
        gap = row.gap.map(Texts.gap)
        switch row.due {
        case .success(let due):
            standard = due.standard.description
            relief = due.relief.description
            toPay = due.toPay.description
            fen = due.toPay.fen
            isDue = true
            stateWord = Texts.due(due, of: member)
        case .failure(let reason):
            (standard, relief, toPay, fen, isDue) = ("–", "–", "–", 0, false)
            stateWord = Texts.notDue(reason)
        }
    }
}
