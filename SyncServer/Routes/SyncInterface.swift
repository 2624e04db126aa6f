import Hummingbird
import HummingbirdTLS
import Logging
import NIOCore

/// The sync interface as a server of its own: TLS 1.3, under the county's authority.
enum SyncInterface {
    /// - Parameter running: told the port once it listens.
    static func application(
        _ office: Office, address: BindAddress, logger: Logger,
        running: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws -> some ApplicationProtocol {
        let routes = SyncRoutes(office: office)
        let tls = try office.authority.serverConfiguration(randomness: office.randomness)
        return Application(
            router: routes.router(), server: try .tls(.patient(), tlsConfiguration: tls),
            configuration: .init(address: address),
            onServerRunning: { running($0.localAddress?.port ?? 0) }, logger: logger)
    }
}
