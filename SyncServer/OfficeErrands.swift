import Foundation
import Hosting
import Journaling
import Merging
import Pricing
import Publishing
import Scanning
import Syncing
import Vocabulary

/// Everything the office does, by name, for the command line: the same work the pages ask for.
struct OfficeErrands: Sendable {
    let office: Office

    var table: [String: Errand] {
        let office = office
        return [
            "import": errand(ImportInput.self) {
                try await office.importFile($0.file, answers: $0.answers)
            },
            "stick": errand(StickInput.self) {
                ["files": try await office.writeStick(for: $0.kiosk, to: $0.folder)]
            },
            "found": errand(FoundInput.self) { try await office.found($0) },
            "publish-imported": errand(ImportedInput.self) {
                try await office.publishImported($0)
            },
            "knowledge": errand(KnowledgeInput.self) { try await office.publishKnowledge($0) },
            "publish": errand(PublishInput.self) {
                try await office.publish($0.draft, by: $0.by, pin: $0.pin)
            },
            "release": errand(ReleaseInput.self) {
                ["version": try await office.release(by: $0.by, pin: $0.pin)]
            },
            "root": errand(RootInput.self) {
                try await office.proposeRoot(
                    without: $0.without, newServiceKey: $0.newServiceKey, by: $0.by, pin: $0.pin)
            },
            "release-root": errand(ReleaseInput.self) {
                try await office.releaseRoot(by: $0.by, pin: $0.pin)
            },
            "sign-again": errand(ReleaseInput.self) {
                try await office.signAgain(by: $0.by, pin: $0.pin)
            },
            "daily": errand(NoInput.self) { _ in ["version": try await office.publishDaily()] },
            "enroll": errand(EnrollInput.self) { try await office.enroll($0) },
            "revoke": errand(RevokeInput.self) {
                try await office.revoke($0.kiosk)
                return ["revoked": $0.kiosk]
            },
            "digest": errand(NoInput.self) { _ in ["digest": try await office.digest()] },
            "person": errand(PersonInput.self) { try await office.explain($0.person, $0.year) },
            "balance": errand(BalanceInput.self) { try office.balance($0) },
            "allot": errand(NoInput.self) { _ in ["rights": try await office.allot()] },
            "adjust": errand(NoInput.self) { _ in
                ["adjustments": try await office.bookAdjustments()]
            },
            "close": errand(CloseInput.self) { input in
                let step = try await office.close(input.month, by: input.by, pin: input.pin)
                return ClosingAnswer(step)
            },
            "verify": errand(NoInput.self) { _ in try await office.verify() },
            "rebuild": errand(NoInput.self) { _ in try await office.rebuild() },
            "backup": errand(BackupInput.self) {
                try await office.backup(to: $0.file)
                return ["file": $0.file]
            },
            "set-back": errand(NoInput.self) { _ in
                try await office.noteSetBack()
                return ["noted": true]
            },
            "credentials": errand(CredentialsInput.self) { try await office.credentials($0) },
        ]
    }
}

struct ImportInput: Codable, Sendable {
    var file: String
    var answers: String?
}

struct StickInput: Codable, Sendable {
    /// `nil` for every device.
    var kiosk: KioskID?
    var folder: String
}

/// The first policy of a county, as files.
struct FoundInput: Codable, Sendable {
    var catalogue: String
    var diagnoses: String
    var rules: String
    /// Tables of knowledge points, or folders of national batches.
    var knowledge: [String]?
    var by: String
    var pin: String
}

/// Publish what `catalogue import` kept.
struct ImportedInput: Codable, Sendable {
    var by: String
    var pin: String
}

struct PublishInput: Codable, Sendable {
    var draft: Draft
    var by: String
    var pin: String
}

struct ReleaseInput: Codable, Sendable {
    var by: String
    var pin: String
}

/// The next root: whose signatures count from then on.
struct RootInput: Codable, Sendable {
    /// Clerks whose keys no longer count.
    var without: [String]
    var newServiceKey: Bool
    var by: String
    var pin: String
}

/// One of the first three says what kind of enrolling it is.
struct EnrollInput: Codable, Sendable {
    var institution: String?
    var replace: KioskID?
    var lastSeen: Int?
    var again: KioskID?
    /// Folder to write the provisioning stick to.
    var stick: String?
    var server: String
}

struct RevokeInput: Codable, Sendable { var kiosk: KioskID }

struct PersonInput: Codable, Sendable {
    /// Person number, identity number or name.
    var person: String
    var year: Int?
}

/// How far the closing of a month has come, and the entry that says so.
struct ClosingAnswer: Codable, Sendable {
    var step: String
    var entry: Int

    init(_ step: MonthStep) {
        switch step {
        case .proposed(let entry): (self.step, self.entry) = ("proposed", entry.header.sequence)
        case .closed(let entry): (self.step, self.entry) = ("closed", entry.header.sequence)
        }
    }
}

struct BackupInput: Codable, Sendable { var file: String }

struct CredentialsInput: Codable, Sendable {
    var people: [String]
    /// Last day the credentials are good.
    var expires: Day
}
