import Cataloguing
import Foundation
import Identifying
import Journaling
import Pricing
import Vocabulary

struct IdentifyInput: Codable, Sendable { var scan: String }

struct DoctorInput: Codable, Sendable {
    /// The receipt printer's device, where there is one.
    var printer: String?
}

struct RekeyInput: Codable, Sendable {
    /// Where the keys are written for the credential store; absent where the file in the data
    /// folder is used.
    var out: String?
}

struct FolderInput: Codable, Sendable { var folder: String }

/// One visit from the command line; `id` makes pressing twice harmless.
struct VisitInput: Decodable, Sendable {
    var `operator`: String
    var pin: String
    var scan: String
    /// Made by the caller before the first try; a second try finds the same entry.
    var id: String
    var med_type: VisitKind?
    var diagnoses: [String]
    var feedetail: [Fee]
    var tender: Tender?
    var overrides: [String: String]?
    /// What the person owes since the county priced the year again is not asked for this time.
    var leave_owed: Bool?

    struct Fee: Decodable, Sendable {
        var med_list_codg: String
        var cnt: Count
        /// The clinic's usual price where it is left out.
        var pric: Yuan?
        var days: Int?
        /// Trace codes of the boxes.
        var drug_trac_codg: [String]?
    }

    /// Whether a settled visit is what is asked for.
    func asks(for visit: Visit) -> Bool {
        visit.isOf(
            med_type ?? .outpatient, diagnoses,
            feedetail.map { ($0.med_list_codg, $0.cnt.quantity) })
    }

    func order(_ patient: Patient, _ desk: isolated Desk) throws -> Order {
        var order = Order(id: id, patient: patient.identified)
        order.kind = med_type ?? .outpatient
        order.diagnoses = diagnoses
        order.overrides = overrides ?? [:]
        order.leavesOwed = leave_owed
        for code in diagnoses where desk.policy.diagnosis(code) == nil {
            throw Refusal.unknownDiagnosis(code)
        }
        order.lines = try feedetail.map { fee in
            guard let item = desk.policy.catalogue.item(fee.med_list_codg, desk.today) else {
                throw Refusal.unknownItem(fee.med_list_codg)
            }
            if let days = fee.days, !(1...3_650).contains(days) {
                throw Refusal.badDays("\(days)")
            }
            guard fee.pric != nil || !item.has(.unlisted) else {
                throw Refusal.priceNeeded(item.name)
            }
            return Order.Line(
                code: item.code, quantity: fee.cnt.quantity, price: fee.pric?.money ?? item.price,
                days: fee.days, traces: fee.drug_trac_codg)
        }
        return order
    }
}

struct VoidInput: Codable, Sendable {
    var `operator`: String
    var pin: String
    var entry: Int
    var reason: String
}

struct HouseholdInput: Codable, Sendable {
    /// A member's number, name or initials, or the household's number.
    var find: String
    var year: Int?
}

struct CollectInput: Codable, Sendable {
    var `operator`: String
    var pin: String
    var household: String
    var year: Int?
    /// Everybody who owes where it is left out.
    var people: [PersonNumber]?
    var tender: Tender?
    /// Made by the caller before the first try; a second try finds the same entry.
    var id: String
}

struct CloseInput: Decodable, Sendable {
    var `operator`: String
    var pin: String
    /// Pieces by denomination in yuan: {"100": 3, "0.5": 2}.
    var pieces: [Denomination: Int]
    var sentence: String?
    /// Made by the caller before the first try; a second try finds the same entry.
    var id: String

    struct Denomination: CodingKeyRepresentable, Hashable, Decodable, Sendable {
        var money: Money
        var codingKey: any CodingKey { DenominationKey(stringValue: money.description) }

        init?(codingKey: some CodingKey) {
            guard let money = Money(yuan: codingKey.stringValue) else { return nil }
            self.money = money
        }
    }
}

private struct DenominationKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
