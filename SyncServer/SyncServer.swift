import ArgumentParser

/// The program of the county office.
@main
struct SyncServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "syncserver",
        abstract: "Merge the kiosks' journals into one ledger and publish catalogue and policy.",
        version: "village-kiosk 0.1",
        subcommands: [
            Serve.self, Import.self, CatalogueCommand.self, Publish.self, Release.self, Enroll.self,
            Ledger.self,
            Verify.self, Rebuild.self, Backup.self, Restore.self, Credentials.self,
            RulebookCommand.self,
        ])
}
