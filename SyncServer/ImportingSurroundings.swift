import Checking
import Foundation
import Journaling
import Merging
import Syncing
import Vocabulary

// What other systems know, for the review after the merge: hospital stays and stock bought. Each
// file replaces what was held.
extension Office {
    func importStays(_ bytes: [UInt8], _ path: String) throws -> ImportReport {
        let table = try CSVTable(
            String(decoding: bytes, as: UTF8.self), needs: ["psn_no", "begndate", "enddate"])
        let rows = try table.read { field, fault -> Surroundings.Stay? in
            guard let person = PersonNumber(rawValue: field("psn_no")) else {
                fault("psn_no", "\"\(field("psn_no"))\" is no person number")
                return nil
            }
            guard let from = Day(field("begndate")), let to = Day(field("enddate")), from <= to
            else {
                fault("begndate", "two days are needed, the later one second")
                return nil
            }
            return Surroundings.Stay(person: person, from: from, to: to)
        }
        try keep(rows, as: Office.stays)
        return ImportReport(file: path, kind: "stays", count: rows.count)
    }

    func importPurchases(_ bytes: [UInt8], _ path: String) throws -> ImportReport {
        let table = try CSVTable(
            String(decoding: bytes, as: UTF8.self),
            needs: ["institution", "med_list_codg", "cnt", "day"])
        let rows = try table.read { field, fault -> Surroundings.Purchase? in
            if field("med_list_codg").isEmpty { fault("med_list_codg", "is empty") }
            guard let quantity = Quantity(field("cnt")), let day = Day(field("day")) else {
                fault("cnt", "a quantity and a day are needed")
                return nil
            }
            return Surroundings.Purchase(
                institution: field("institution"), code: field("med_list_codg"),
                quantity: quantity, day: day)
        }
        try keep(rows, as: Office.purchases)
        return ImportReport(file: path, kind: "purchases", count: rows.count)
    }

    private func keep(_ rows: some Sequence<some Encodable>, as note: String) throws {
        let bytes = try Lines.encode(rows)
        try store.write { try $0.put(note: note, bytes) }
    }

    private static let stays = "stays"
    private static let purchases = "purchases"

    /// What is held beside the ledger itself.
    static func surroundings(_ session: any LedgerSession) throws -> Surroundings {
        Surroundings(
            stays: try Lines.decode(
                Surroundings.Stay.self, from: try session.note(stays) ?? []),
            purchases: try Lines.decode(
                Surroundings.Purchase.self, from: try session.note(purchases) ?? []),
            revoked: Dictionary(
                try session.revocations().map { ($0.credential, $0.day) },
                uniquingKeysWith: min))
    }
}

/// The last day something holds, from a column that may be empty or left out.
func lastDay(
    _ column: String, _ field: (String) -> String, _ fault: (String, String) -> Void
) -> Day? {
    let text = field(column)
    let day = Day(text)
    if day == nil, !text.isEmpty { fault(column, "\"\(text)\" is no day like 2026-12-31") }
    return day
}
