import ArgumentParser
import Foundation
import Hosting
import Syncing
import Vocabulary

struct Ledger: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the ledger's digest or trial balance, or explain one person's year.",
        discussion: "--close reads the clerk's PIN from standard input.")

    @OptionGroup var data: OfficeFolder
    @Flag(help: "Print the 32 bytes that two servers compare.") var digest = false
    @Option(help: "Person number, identity number or name.") var person: String?
    @Option(help: "Year; the latest that has begun where it is left out.") var year: Int?
    @Flag(help: "Print all accounts; exit 1 unless they come to zero.") var trialBalance = false
    @Option(help: "Sum by day, clinic, township or scheme.") var by = "scheme"
    @Option(help: "First day; from the beginning where it is left out.") var from: String?
    @Option(help: "Last day.") var to: String?
    @Flag(help: "Print the trial balance as JSON.") var json = false
    @Flag(help: "Book differences that are open as adjustments now.") var adjust = false
    @Flag(help: "Divide yearly limits among the kiosks now.") var allot = false
    @Option(help: "Close a month, such as 2026-10; a second clerk repeats it.") var close: String?
    @Option(help: "The clerk who closes.") var clerk: String?

    func run() async throws {
        try await orSay {
            if let person {
                let input = PersonInput(person: person, year: year)
                return put(try await data.errand("person", with: input) + [0x0A])
            }
            if trialBalance { return try await printBalance() }
            if adjust { return put(try await data.errand("adjust") + [0x0A]) }
            if allot { return put(try await data.errand("allot") + [0x0A]) }
            if let close { return try await closeMonth(close) }
            let answer = try await data.errand("digest")
            let digest = try CompactJSON.decode([String: Fingerprint].self, from: answer)["digest"]
            put(Array("\(digest ?? .zero)\n".utf8))
        }
    }

    private func closeMonth(_ text: String) async throws {
        guard let month = Month(text), let clerk else {
            throw ValidationError("--close takes a month like 2026-10, with --clerk")
        }
        let input = CloseInput(month: month, by: clerk, pin: try readPIN())
        put(try await data.errand("close", with: input) + [0x0A])
    }

    private func printBalance() async throws {
        guard let by = TrialBalance.By(rawValue: by) else {
            throw ValidationError("--by takes day, clinic, township or scheme")
        }
        let days = try [from, to].map { text in
            try text.map { text in
                guard let day = Day(text) else {
                    throw ValidationError("\(text) is no day like 2026-11-22")
                }
                return day
            }
        }
        let answer = try await data.errand(
            "balance", with: BalanceInput(by: by, from: days[0], to: days[1]))
        let balance = try CompactJSON.decode(TrialBalance.self, from: answer)
        if json {
            put(answer + [0x0A])
        } else {
            for group in balance.groups {
                put(Array("\(group.key)\n".utf8))
                for (account, amount) in group.accounts.sorted(by: { $0.key < $1.key }) {
                    put(Array("  \(account) \(amount)\n".utf8))
                }
            }
            put(Array("= \(balance.sum)\n".utf8))
        }
        guard balance.sum == .zero else { throw ExitCode.failure }
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
        abstract: "Write one file a new machine needs: database, keys and the office's journal.",
        discussion: "The file holds the service key: keep it where keys are kept.")

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
        abstract: "Put a backup in the place of the database; kiosks send again what it lacks.",
        discussion: """
            A database on a PostgreSQL server is put back by that server's own tools; --done then \
            tells the county that it was set back.
            """)

    @OptionGroup var data: OfficeFolder
    @Argument(help: "The backup.") var file: String?
    @Flag(help: "The database has been put back already.") var done = false

    func validate() throws {
        guard done == (file == nil) else {
            throw ValidationError("Name the backup, or say --done.")
        }
    }

    func run() async throws {
        try await orSay {
            guard let file else {
                _ = try await data.errand("set-back")
                return say("noted; " + Restore.next)
            }
            let aside = try restoreOffice(from: file, into: data.path, at: Clock.system.now())
            say(aside.map { "restored; the database before is kept as \($0)" } ?? "restored")
            say(Restore.next)
        }
    }

    /// What neither a kiosk nor the office's journal remembers.
    private static let next =
        "revoke again the devices that were revoked after the backup: syncserver enroll --revoke"
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
