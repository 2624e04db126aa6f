import ArgumentParser
import Foundation
import Hosting
import Hummingbird
import HummingbirdTLS
import Logging
import Vocabulary

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve kiosks and the office's pages.",
        discussion: """
            Kiosks sync over TLS with a certificate of this county's own authority. The office's \
            pages are plain HTTP and belong on loopback.
            """)

    @OptionGroup var data: OfficeFolder
    @Option(help: "Address the office's pages listen on.") var host = "127.0.0.1"
    @Option(help: "Port of the office's pages.") var port = 8800
    @Option(help: "Address the sync interface listens on.") var syncHost = "127.0.0.1"
    @Option(help: "Port of the sync interface.") var syncPort = 8810

    func run() async throws {
        try await orSay {
            let office = try data.openOffice()
            // A database set back lacks entries of the office's own journal as of any other.
            try await office.takeOwnEntries()
            try await office.carryOut()
            try await office.keepClosedMonths()
            let router = Router()
            let site = try await Site(office: office)
            site.add(to: router)
            let post = ErrandPost(
                url: "http://\(host):\(port)", token: hex(office.randomness.bytes(24)))
            post.serve(OfficeErrands(office: office).table, on: router, saying: Texts.sentence)
            var logger = Logger(label: "syncserver")
            logger.logLevel = .notice
            let folder = data.path
            var server = Application(
                router: router,
                configuration: .init(address: .hostname(host, port: port)),
                onServerRunning: { _ in
                    try? post.announce(in: folder)
                    say("http://\(host):\(port)")
                }, logger: logger)
            server.addServices(
                try SyncInterface.application(
                    office, address: .hostname(syncHost, port: syncPort), logger: logger))
            defer { ErrandPost.withdraw(in: folder) }
            let nights = Task { try await office.keepNights() }
            defer { nights.cancel() }
            let review = Task { await site.warm() }
            defer { review.cancel() }
            try await server.runService()
        }
    }
}
