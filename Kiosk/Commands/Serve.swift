import ArgumentParser
import Foundation
import Hosting
import Hummingbird
import Logging
import Vocabulary

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve this device's screens on loopback.")

    @OptionGroup var data: DataFolder
    @Option(help: "Address to listen on; screens are for this machine alone.")
    var host = "127.0.0.1"
    @Option(help: "Port to listen on.") var port = 8801
    @Flag(inversion: .prefixedNo, help: "Reach the county by itself while serving.")
    var courier = true
    @Option(help: "Receipt printer device; without one, slips are files in the data folder.")
    var printer: String?

    func run() async throws {
        try await orSay {
            let desk = try data.openDesk()
            let site = try await Site(
                desk: desk, printer: printer.map(SlipPrinter.device) ?? .file(data.path + "/slips"),
                carrier: { desk.live })
            let router = try site.router()
            let post = ErrandPost(
                url: "http://\(host):\(port)", token: hex(desk.randomness.bytes(24)))
            post.serve(DeskErrands(desk: desk).table, on: router) {
                Texts.sentence(for: $0, phone: "")
            }
            var logger = Logger(label: "kiosk")
            logger.logLevel = .notice
            let folder = data.path
            let application = Application(
                router: router, configuration: .init(address: .hostname(host, port: port)),
                onServerRunning: { _ in
                    try? post.announce(in: folder)
                    say("http://\(host):\(port)")
                }, logger: logger)
            defer { ErrandPost.withdraw(in: folder) }
            let errands = courier ? Task { try await Courier(site).run() } : nil
            defer { errands?.cancel() }
            try await application.runService()
        }
    }
}
