import ArgumentParser

/// The program of a clinic box or a township desk.
@main
struct Kiosk: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kiosk",
        abstract: "Settle visits and collect contributions, with or without a network.",
        version: softwareVersion,
        subcommands: [
            Serve.self, QuoteCommand.self, SyncCommand.self, Export.self, Import.self,
            VerifyCommand.self, Rebuild.self, Doctor.self, ProvisionCommand.self, Do.self,
            Rekey.self, SetAside.self,
        ])
}
