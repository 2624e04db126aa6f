import Cataloguing
import Checking
import Identifying
import Pricing
import Rules
import Syncing
import Vocabulary

/// All that the visit page shows.
struct VisitView {
    let typed: Typed
    var saved: Saved?
    var patient: PatientBand?
    var diagnoses: [ChosenDiagnosis] = []
    var bill: BillBand?
    /// There is a last visit to repeat.
    var hasLast = false
    let choosesPerson: Bool
    let choosesDiagnosis: Bool
    let choosesItem: Bool
    var peopleToChoose: [PersonChoice]
    var diagnosesToChoose: [MatchView]
    var itemsToChoose: [MatchView]
    var focusScan = false
    var focusDiagnosis = false
    var focusItem = false
    var focusGiven = false

    init(typed: Typed, saved: Saved?) {
        self.typed = typed
        self.saved = saved
        choosesPerson = !typed.people.isEmpty
        choosesDiagnosis = !typed.diagnoses.isEmpty
        choosesItem = !typed.items.isEmpty
        peopleToChoose = typed.people
        diagnosesToChoose = typed.diagnoses
        itemsToChoose = typed.items
    }

    mutating func fill(with order: Order, from desk: Desk) async throws {
        let patient = try await desk.patient(order)
        let policy = await desk.policy
        let level = await desk.assignment.level
        self.patient = try PatientBand(
            patient, order, by: policy.rules, level: level, on: desk.today,
            phone: await desk.assignment.phone)
        diagnoses = order.diagnoses.map { code in
            ChosenDiagnosis(code: code, name: policy.diagnosis(code)?.name ?? code)
        }
        if order.lines.isEmpty {
            hasLast = try desk.lastVisit(of: order.person) != nil
            return
        }
        let proposal: Result<Proposal, any Error>
        do { proposal = .success(try await desk.quote(order)) } catch { proposal = .failure(error) }
        bill = BillBand(
            order, proposal, policy, at: level, on: desk.today, desk: await desk.assignment,
            clinics: try await desk.clinics(of: patient.owing))
    }

    /// The cursor stands where the next step is.
    mutating func settleFocus() {
        if !typed.people.isEmpty || !typed.diagnoses.isEmpty || !typed.items.isEmpty { return }
        if patient == nil || !typed.scan.isEmpty {
            focusScan = true
        } else if !typed.given.isEmpty {
            focusGiven = true
        } else if diagnoses.isEmpty && typed.item.isEmpty {
            focusDiagnosis = true
        } else {
            focusItem = true
        }
    }
}

/// The line after settling.
struct Saved {
    let entry: Int
    let sentence: String
    let change: String?

    init?(_ fields: Fields, _ now: Instant) {
        guard let entry = fields.number("saved") else { return nil }
        self.entry = entry
        sentence = Texts.saved(entry)
        change = fields.number("change").map { Money(fen: $0).description }
    }
}

struct ChosenDiagnosis {
    let code: String
    let name: String
}

/// One of several people a name fits; masked, because others may look on.
struct PersonChoice: Sendable {
    let number: Int
    let person: String
    let name: String
    let identity: String
    let about: String

    init(_ number: Int, _ member: Member, on day: Day) {
        self.number = number
        person = member.number.rawValue
        name = masked(member.name)
        identity = member.maskedIdentity
        about = Texts.person(member, on: day)
    }
}

/// A catalogue item or diagnosis that fits what was typed.
struct MatchView: Sendable {
    let number: Int
    let code: String
    let name: String
    let detail: String
    let price: String
    let days: String
    let unit: String

    init(_ number: Int, _ item: CatalogueItem, at level: InstitutionLevel) {
        self.number = number
        code = item.code
        name = item.name
        detail = Texts.itemDetail(item, at: level)
        price = item.has(.unlisted) ? "" : item.price.description
        days = item.daysPerUnit.map { "\($0)" } ?? ""
        unit = item.unit
    }

    init(_ number: Int, _ diagnosis: Diagnosis) {
        self.number = number
        code = diagnosis.code
        name = diagnosis.name
        detail = diagnosis.code
        (price, days, unit) = ("", "", "")
    }
}

extension Member {
    /// Region, century and the last two characters: 41992519********21.
    var maskedIdentity: String {
        let number = identity.description
        return number.prefix(8) + String(repeating: "*", count: 8) + number.suffix(2)
    }
}

/// The middle of a name as stars: 李*华, 王*.
func masked(_ name: String) -> String {
    guard let first = name.first else { return name }
    guard name.count > 2, let last = name.last else { return "\(first)*" }
    return "\(first)" + String(repeating: "*", count: name.count - 2) + "\(last)"
}
