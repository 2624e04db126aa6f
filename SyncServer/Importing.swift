import Foundation
import Hosting
import Identifying
import Journaling
import Merging
import Pricing
import Publishing
import Syncing
import Vocabulary

/// What came of one imported file.
struct ImportReport: Sendable, Codable {
    var file: String
    /// parcel, roll, institutions, operators, revocations, stays, purchases
    var kind: String
    var count: Int
    /// What came, in a sentence; empty where the count says it all.
    var message: String
    /// Of a journal: entries the county had not had; nought where the file was here before.
    var new: Int?

    init(file: String, kind: String, count: Int, message: String = "") {
        (self.file, self.kind, self.count, self.message) = (file, kind, count, message)
    }

    /// - Parameter journal: the device; what it is held through and how much of that came now.
    init(stick: Bool = false, file: String, journal: KioskID, through: Int, new: Int) {
        self.init(
            file: file, kind: stick ? "stick" : "parcel", count: through,
            message: Texts.arrived(journal, through: through, new: new))
        self.new = new
    }
}

// Files come from the demo generator, from another system, or from a stick; each is recognised by
// what it holds, never by its name.
extension Office {
    /// Imports one file whole or not at all.
    ///
    /// - Parameter answers: folder for acknowledgements of parcels, to go home on the stick.
    func importFile(_ path: String, answers: String?) async throws -> ImportReport {
        let bytes = try readStickFile(path, limit: 1 << 30)
        if bytes.starts(with: Array(Envelope.format.utf8)) {
            return try importStick(bytes, path, answers: answers)
        }
        if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            return try importParcel(bytes, path, answers)
        }
        let heading = String(decoding: bytes.prefix(200).prefix { $0 != 0x0A }, as: UTF8.self)
            .filter { $0 != "\r" && $0 != "\u{FEFF}" }
        switch heading {
        case let text
        where text.hasPrefix("{") && text.contains("\"psn_no\"")
            || text.contains("\"certno\""):
            return try await importRoll(bytes, path)
        case let text where text.hasPrefix("code,name,kind,level"):
            return try importInstitutions(bytes, path)
        case let text where text.hasPrefix("id,name,role,institution,pin"):
            return try await importOperators(bytes, path)
        case let text where text.hasPrefix("credential,day"):
            return try importRevocations(bytes, path)
        case let text where text.hasPrefix("psn_no,begndate,enddate"):
            return try importStays(bytes, path)
        case let text where text.hasPrefix("institution,med_list_codg,cnt,day"):
            return try importPurchases(bytes, path)
        default: throw OfficeFault.notRecognised(file: path)
        }
    }

    private func importParcel(_ bytes: [UInt8], _ path: String, _ answers: String?) throws
        -> ImportReport
    {
        let parcel = try verified(bytes)
        let held = try held(of: parcel.kiosk)
        let answer = try receive(parcel)
        let acknowledgement = try SignedDocument(role: .acknowledgement, bytes: answer)
            .value(Acknowledgement.self)
        if let answers {
            try makeFolder(answers)
            try writeFile("\(answers)/\(acknowledgement.kiosk).acknowledgement", answer)
        }
        return ImportReport(
            file: path, journal: parcel.kiosk, through: acknowledgement.through,
            new: try self.held(of: parcel.kiosk) - held)
    }

    /// Entries held of a device, in all its journals.
    func held(of kiosk: KioskID) throws -> Int {
        try store.read { try $0.journals(of: kiosk).reduce(0) { $0 + $1.through } }
    }

    private func importRoll(_ bytes: [UInt8], _ path: String) async throws -> ImportReport {
        let lines = bytes.split(separator: 0x0A)
        let members = try await decode(lines, path)
        try store.write { session in
            for (member, line) in zip(members, lines) {
                try session.put(member, json: Array(line))
            }
            try checkFamily(of: members, in: path, session)
        }
        return ImportReport(file: path, kind: "roll", count: members.count)
    }

    /// Decoding is most of the work of a whole county's roll, so it is spread over the cores.
    private func decode(_ lines: [ArraySlice<UInt8>], _ path: String) async throws -> [Member] {
        let size = 5_000
        let pieces = try await withThrowingTaskGroup(of: (Int, [Member]).self) { group in
            for start in stride(from: 0, to: lines.count, by: size) {
                let piece = lines[start..<min(start + size, lines.count)]
                group.addTask {
                    (
                        start,
                        try piece.enumerated().map { offset, line in
                            do { return try CompactJSON.decode(Member.self, from: line) } catch {
                                throw OfficeFault.faults("\(path):\(start + offset + 1): \(error)")
                            }
                        }
                    )
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        return pieces.sorted { $0.key < $1.key }.flatMap(\.value)
    }

    private func importInstitutions(_ bytes: [UInt8], _ path: String) throws -> ImportReport {
        let columns = [
            "code", "name", "kind", "level", "township", "township_name", "village", "phone",
        ]
        let table = try CSVTable(String(decoding: bytes, as: UTF8.self), needs: columns)
        let rows = try table.read { field, fault in
            if field("code").isEmpty { fault("code", "is empty") }
            return Institution(
                code: field("code"), name: field("name"), kind: field("kind"),
                level: field("level"), township: field("township"),
                townshipName: field("township_name"), village: field("village"),
                phone: field("phone"),
                agreementThrough: lastDay("agreement_through", field, fault))
        }
        try store.write { try $0.put(rows) }
        return ImportReport(file: path, kind: "institutions", count: rows.count)
    }

    private func importOperators(_ bytes: [UInt8], _ path: String) async throws -> ImportReport {
        struct Row: Sendable {
            let person: Syncing.Operator
            let pin: String
        }
        let table = try CSVTable(
            String(decoding: bytes, as: UTF8.self),
            needs: ["id", "name", "role", "institution", "pin"])
        let rows = try table.read { field, fault -> Row? in
            guard let role = Role(rawValue: field("role")) else {
                fault("role", "\"\(field("role"))\" is no role")
                return nil
            }
            if field("pin").utf8.count < 6 { fault("pin", "a PIN has at least six digits") }
            var person = Syncing.Operator(
                id: field("id"), name: field("name"), role: role, institution: field("institution"),
                salt: hex(randomness.bytes(16)), verifier: "")
            person.licensedThrough = lastDay("licensed_through", field, fault)
            person.suspendedThrough = lastDay("suspended_through", field, fault)
            return Row(person: person, pin: field("pin"))
        }
        // scrypt is slow on purpose, so the rows are spread over the machine's cores.
        let people = try await withThrowingTaskGroup(of: Syncing.Operator.self) { group in
            for row in rows {
                group.addTask {
                    var person = row.person
                    person.verifier = try PIN.verifier(of: row.pin, salt: unhex(person.salt) ?? [])
                    return person
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        try store.write { try $0.put(people) }
        for row in rows where row.person.role == .countyClerk {
            try makeOfficeKey(of: row.person.id, pin: row.pin)
        }
        return ImportReport(file: path, kind: "operators", count: people.count)
    }

    private func importRevocations(_ bytes: [UInt8], _ path: String) throws -> ImportReport {
        let table = try CSVTable(
            String(decoding: bytes, as: UTF8.self), needs: ["credential", "day"])
        let rows = try table.read { field, fault -> Revocation? in
            guard let credential = Int(field("credential")), let day = Day(field("day")) else {
                fault("credential", "a number and a day are needed")
                return nil
            }
            return Revocation(credential: credential, day: day)
        }
        try store.write { session in for row in rows { try session.put(row) } }
        return ImportReport(file: path, kind: "revocations", count: rows.count)
    }
}
