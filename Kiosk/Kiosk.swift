import ArgumentParser

/// The program of a clinic box or a township desk.
@main
struct Kiosk: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kiosk", abstract: "Village Kiosk: settle, collect and sync, with or without a network.")
    func run() async throws {}
}
