import Foundation
import Hosting
import Journaling
import Syncing
import Vocabulary

/// One thing `kiosk doctor` looked at: how it is and what to do.
struct CheckItem: Codable, Sendable, Equatable {
    enum State: String, Codable, Sendable { case good, old, bad }

    /// key, mode, journal, durability, disk, roll, unsent, aside, printer …
    var name: String
    var state: State
    /// What is the case, in Chinese.
    var says: String
    /// What to do now; absent where nothing is to be done.
    var next: String?
}

extension [CheckItem] {
    /// Whether the box can go on working as it is.
    var isSound: Bool { !contains { $0.state == .bad } }
}

// What can be seen from the folder alone, whether its databases open or not.
struct FolderCheckup {
    let folder: String
    let credentials: String?

    /// Below this the next busy day may not fit any more.
    static let leastFree = 200_000_000
    static let enoughFree = 1_000_000_000

    var items: [CheckItem] { [key] + modes + [disk] + asides }

    private var key: CheckItem {
        do {
            guard let keys = try DataKeys.find(in: folder, credentials: credentials) else {
                return Texts.check("key", .bad, "noKey", next: "putKeyBack")
            }
            let old = keys.keys.count > 1 ? Texts.oldKeys(keys.keys.count - 1) : ""
            switch keys.source {
            case .credential:
                return CheckItem(
                    name: "key", state: .good, says: Texts.of("keyInSystem") + old)
            case .file:
                return CheckItem(name: "key", state: .good, says: Texts.of("keyInFile") + old)
            }
        } catch {
            return CheckItem(
                name: "key", state: .bad, says: Texts.sentence(for: error, phone: ""), next: nil)
        }
    }

    /// Secrets are for their owner's eyes.
    private var modes: [CheckItem] {
        let loose = ["data.key", "device.key", "provision.json", "serving.json", "lineage.json"]
            .map { folder + "/" + $0 }
            .filter { exists($0) && permissions(of: $0) & 0o077 != 0 }
        guard !loose.isEmpty else { return [Texts.check("mode", .good, "modesGood")] }
        return loose.map {
            CheckItem(
                name: "mode", state: .bad, says: Texts.looseMode($0), next: "chmod 600 \($0)")
        }
    }

    private var disk: CheckItem {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
        guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.intValue else {
            return Texts.check("disk", .old, "diskUnknown")
        }
        let state: CheckItem.State =
            free < Self.leastFree ? .bad : free < Self.enoughFree ? .old : .good
        return CheckItem(
            name: "disk", state: state, says: Texts.free(megabytes: free / 1_000_000),
            next: state == .good ? nil : Texts.of("clearDisk"))
    }

    private var asides: [CheckItem] {
        let lineage = (try? Lineage.read(in: folder)) ?? nil
        return (lineage?.asides ?? []).map { aside in
            let path = Box.asideFolder(in: folder) + "/" + aside.file
            let isKept = aside.reason == .lost || exists(path)
            return CheckItem(
                name: "aside", state: isKept ? .old : .bad, says: Texts.told(aside),
                next: isKept ? Texts.of("keepAside") : Texts.asideGone(path))
        }
    }
}

// What an open desk knows besides.
extension Desk {
    func checkup(printer: String?) throws -> [CheckItem] {
        let report = try verification()
        let status = try status()
        let credential: String? =
            if case .credential(let path) = box.keys.source {
                (path as NSString).deletingLastPathComponent
            } else { nil }
        return FolderCheckup(folder: folder, credentials: credential).items
            + [journalItem(report), try durabilityItem(), rollItem(status), unsentItem(status)]
            + (printer.map { [printerItem($0)] } ?? [])
    }

    private func journalItem(_ report: VerificationReport) -> CheckItem {
        guard report.faults.isEmpty else {
            return CheckItem(
                name: "journal", state: .bad,
                says: Texts.journalFaults(report.faults), next: Texts.of("journalNext"))
        }
        return CheckItem(
            name: "journal", state: .good,
            says: Texts.journalSound(report.kiosk, report.entries, report.checkpoints))
    }

    private func durabilityItem() throws -> CheckItem {
        let found = try journal.durability()
        return found.synchronous == 2 && found.mode == "wal"
            ? Texts.check("durability", .good, "durable")
            : Texts.check("durability", .bad, "notDurable", next: "notDurableNext")
    }

    /// After a week without news people may be on it who have moved, died or paid.
    private static let staleRollDays = 7

    private func rollItem(_ status: DeskStatus) -> CheckItem {
        guard let issued = status.rollAsOf else {
            return Texts.check("roll", .bad, "noRoll", next: "fetchRoll")
        }
        let isOld = issued.day.adding(days: Desk.staleRollDays) < status.now.day
        return CheckItem(
            name: "roll", state: isOld ? .old : .good,
            says: Texts.rollAge(issued, on: status.now.day) + Texts.policyHeld(status.policy),
            next: isOld ? Texts.of("fetchRoll") : nil)
    }

    private func unsentItem(_ status: DeskStatus) -> CheckItem {
        guard !status.allSigned else { return Texts.check("unsent", .good, "countySigned") }
        return CheckItem(
            name: "unsent", state: .old,
            says: Texts.unsent(status.unsent, since: status.oldestUnsent, now: status.now),
            next: Texts.of("sendNext"))
    }

    private func printerItem(_ path: String) -> CheckItem {
        FileManager.default.isWritableFile(atPath: path)
            ? Texts.check("printer", .good, "printerGood")
            : CheckItem(
                name: "printer", state: .bad, says: Texts.noPrinter(path),
                next: Texts.of("printerNext"))
    }
}
