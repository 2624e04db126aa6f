import ArgumentParser
import Hosting
import Journaling
import Syncing
import Vocabulary

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look this device over and say what is wrong and what to do.")

    @OptionGroup var data: DataFolder

    func run() async throws {
        try await orSay {
            let report = try CompactJSON.decode(
                VerificationReport.self, from: try await data.errand("verify"))
            let status = try CompactJSON.decode(
                DeskStatus.self, from: try await data.errand("status"))
            say(Texts.doctor(report, status))
            if !report.faults.isEmpty { throw ExitCode.failure }
        }
    }
}
