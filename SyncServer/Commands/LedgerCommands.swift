import ArgumentParser
import Foundation
import Hosting
import Syncing
import Vocabulary

struct Ledger: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the ledger's digest, or explain one person's year.")

    @OptionGroup var data: OfficeFolder
    @Flag(help: "Print the 32 bytes that two servers compare.") var digest = false
    @Option(help: "Person number, identity number or name.") var person: String?
    @Option(help: "Year; the latest where it is left out.") var year: Int?

    func run() async throws {
        try await orSay {
            if let person {
                let input = PersonInput(person: person, year: year)
                return put(try await data.errand("person", with: input) + [0x0A])
            }
            let answer = try await data.errand("digest")
            let digest = try CompactJSON.decode([String: Fingerprint].self, from: answer)["digest"]
            put(Array("\(digest ?? .zero)\n".utf8))
        }
    }
}

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check every chain, hash and cache; exit 1 on any fault.")

    @OptionGroup var data: OfficeFolder

    func run() async throws {
        try await orSay {
            let answer = try await data.errand("verify")
            put(answer + [0x0A])
            let report = try CompactJSON.decode(LedgerVerification.self, from: answer)
            guard report.faults.isEmpty else { throw ExitCode.failure }
        }
    }
}

struct Rebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Drop everything derived and replay every entry; must change nothing.")

    @OptionGroup var data: OfficeFolder

    func run() async throws {
        try await orSay {
            let answer = try await data.errand("rebuild")
            put(answer + [0x0A])
            let rebuilt = try CompactJSON.decode(RebuildAnswer.self, from: answer)
            guard rebuilt.unchanged else { throw ExitCode.failure }
        }
    }
}

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a whole copy of the database while the server runs on.")

    @OptionGroup var data: OfficeFolder
    @Argument(help: "The copy to write.") var file: String

    func run() async throws {
        try await orSay {
            guard !FileManager.default.fileExists(atPath: file) else {
                throw FileFault(path: file, message: "exists; a backup never writes over a file")
            }
            put(try await data.errand("backup", with: BackupInput(file: absolute(file))) + [0x0A])
        }
    }
}

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a backup in the place of the database; kiosks send again what it lacks.")

    @OptionGroup var data: OfficeFolder
    @Argument(help: "The backup.") var file: String

    func run() async throws {
        try await orSay {
            let bytes = try readFile(file, limit: Int.max)
            let place = data.path + "/county.sqlite"
            // Opening first makes sure that nobody serves this folder.
            if FileManager.default.fileExists(atPath: place) { _ = try data.openOffice() }
            let aside = place + ".before-restore"
            try? FileManager.default.removeItem(atPath: aside)
            if FileManager.default.fileExists(atPath: place) {
                try FileManager.default.moveItem(atPath: place, toPath: aside)
            }
            for suffix in ["-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: place + suffix)
            }
            try writeFile(place, bytes)
            say("restored; the database before is kept as \(aside)")
        }
    }
}

struct Credentials: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Issue signed credentials as QR images.")

    @OptionGroup var data: OfficeFolder
    @Option(help: "Folder for the images.") var out: String
    @Option(help: "Last day they are good, such as 2027-03-31.") var expires: String
    @Argument(help: "People: person numbers, identity numbers or names.") var people: [String]

    func run() async throws {
        try await orSay {
            guard let expires = Day(expires) else {
                throw ValidationError("--expires takes a day like 2027-03-31")
            }
            let answer = try await data.errand(
                "credentials", with: CredentialsInput(people: people, expires: expires))
            try makeFolder(out)
            for one in try CompactJSON.decode([CredentialAnswer].self, from: answer) {
                guard let image = Data(base64Encoded: one.png) else { continue }
                try writeFile("\(out)/\(one.name).png", Array(image))
                try writeFile("\(out)/\(one.name).txt", Array((one.credential + "\n").utf8))
                say("\(out)/\(one.name).png")
            }
        }
    }
}
