import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

/// What was written to or read from a stick.
struct StickReport: Codable, Sendable {
    var files: [String] = []
    var entries = 0
    var acknowledgedThrough = 0
    /// Versions taken over, by role.
    var bulletins: [String: Int] = [:]
}

// A stick carries the same bytes as the network, as files.
extension Desk {
    /// Writes what the county has not signed for as parcels into a folder.
    func export(to folder: String) throws -> StickReport {
        try makeFolder(folder)
        var report = StickReport()
        var through = try journal.read { try $0.acknowledged().through }
        let checkpoint = try journal.checkpoint(at: clock.now(), key: key)
        repeat {
            let parcel = try nextParcel(of: journal, after: through, upTo: checkpoint, key: key)
            let path = "\(folder)/\(journal.kiosk)-\(parcel.checkpoint.sequence).parcel"
            try writeFile(path, try parcel.packed())
            report.files.append(path)
            report.entries += parcel.entries.count
            through = parcel.checkpoint.sequence
        } while through < checkpoint.sequence
        return report
    }

    /// Reads acknowledgement and bulletins from a folder, verifying everything first.
    func importStick(_ folder: String) async throws -> StickReport {
        var report = StickReport()
        let carrier = Carrier.folder(folder)
        try await followRoots(carrier)
        let answer = "\(folder)/\(journal.kiosk).acknowledgement"
        if FileManager.default.fileExists(atPath: answer) {
            let statement = try readFile(answer, limit: SignedDocument.mostBytes)
            let acknowledgement = try Acknowledgement(
                bytes: statement, for: journal.kiosk, trust: trust)
            try accept(acknowledgement, statement: statement, in: journal)
            report.files.append(answer)
        }
        for role in [DocumentRole.daily, .policy]
        where FileManager.default.fileExists(atPath: "\(folder)/\(role.rawValue).manifest") {
            guard let fetched = try await fetch(role, carrier) else { continue }
            try take(fetched)
            report.bulletins[role.rawValue] = fetched.manifest.version
        }
        report.acknowledgedThrough = try journal.read { try $0.acknowledged().through }
        return report
    }
}

extension Carrier {
    /// Bulletins as files; parcels are written by `export`, not handed over here.
    static func folder(_ folder: String) -> Carrier {
        Carrier(
            send: { _ in throw FileFault(path: folder, message: "takes no parcels") },
            manifest: {
                try readFile(
                    "\(folder)/\($0.rawValue).manifest", limit: SignedDocument.mostBytes)
            },
            section: {
                try readFile("\(folder)/\($0).section", limit: Manifest.mostSectionBytes)
            },
            root: { version in
                let path = "\(folder)/\(version).root"
                guard FileManager.default.fileExists(atPath: path) else { return nil }
                return try readFile(path, limit: SignedDocument.mostBytes)
            })
    }
}
