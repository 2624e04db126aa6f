import Checking
import Identifying
import Journaling
import Pricing
import Vocabulary

/// A visit as it is entered, before it is settled: what the screen, the command line and the draft
/// on disk have in common.
struct Order: Sendable, Hashable, Codable {
    /// Made when the visit is begun; pressing settle twice finds the same entry.
    var id: String
    var person: PersonNumber
    var assurance: Assurance
    var kind: VisitKind = .outpatient
    var diagnoses: [String] = []
    var lines: [Line] = []
    /// Reasons given for warnings, by "check" or "check/line".
    var overrides: [String: String] = [:]
    /// What the person owes is not asked for this time.
    var leavesOwed: Bool?

    struct Line: Sendable, Hashable, Codable {
        var code: String
        var quantity: Quantity
        var price: Money
        var days: Int?
        /// Trace codes scanned from the boxes; `nil` where none was.
        var traces: [String]?
    }

    init(id: String, patient: Identified) {
        self.id = id
        person = patient.member.number
        assurance = patient.assurance
    }

    /// Whether a settled visit is what this order asks for.
    func asks(for visit: Visit) -> Bool {
        visit.isOf(kind, diagnoses, lines.map { ($0.code, $0.quantity) })
    }

    func bill(for member: Member, on day: Day, level: InstitutionLevel) -> Bill {
        Bill(
            day: day, scheme: member.scheme, kind: kind, level: level,
            lines: lines.map { Bill.Line(code: $0.code, quantity: $0.quantity, price: $0.price) },
            patient: facts(about: member, on: day))
    }

    /// What the roll says about the person that rules may ask.
    private func facts(about member: Member, on day: Day) -> Bill.Patient {
        let diseases = member.recognitions.filter { $0.kind == kind && $0.from <= day }
        var facts = Bill.Patient()
        facts.birth = member.birth
        facts.sex = member.sex
        facts.titles = member.titles.isEmpty ? nil : member.titles
        facts.incentive = member.incentive
        facts.familyDoctor = member.familyDoctor ? true : nil
        facts.diseases = diseases.isEmpty ? nil : diseases.map(\.disease)
        return facts
    }

    /// The reason typed for a finding, if any.
    func reason(for finding: Finding) -> String? {
        let reason = overrides[finding.overrideKey]?.filter { !$0.isNewline }
        return reason.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }
}

extension Finding {
    /// Under which a reason for this finding is kept.
    var overrideKey: String { line.map { "\(check.rawValue)/\($0)" } ?? check.rawValue }
}

extension Visit {
    /// Whether this was asked for; the clinic's prices may have changed since.
    func isOf(
        _ kind: VisitKind, _ diagnoses: [String], _ charged: [(code: String, quantity: Quantity)]
    ) -> Bool {
        self.kind == kind && self.diagnoses == diagnoses
            && lines.elementsEqual(charged) { $0.code == $1.code && $0.quantity == $1.quantity }
    }
}
