import CCurl
import Foundation
import Vocabulary

/// One HTTP exchange over libcurl, with a limit on what is read and on silence.
public struct HTTPRequest: Sendable {
    public var url: String
    /// Sent as the body of a POST; `nil` makes a GET.
    public var body: [UInt8]?
    public var headers: [String: String] = [:]
    public var mostBytes = 64 * 1024 * 1024
    /// Given up after so long without a byte; a slow link that still moves is never cut off.
    public var silentSeconds = 120
    /// Takes the body of a good answer piece by piece as it arrives, so that what arrived before a
    /// cut is kept; without it the answer is returned whole.
    public var taking: (@Sendable (_ piece: [UInt8]) throws -> Void)?

    public init(url: String, body: [UInt8]? = nil) {
        self.url = url
        self.body = body
    }

    public struct Response: Sendable {
        public var status: Int
        public var body: [UInt8]
    }

    public enum Fault: Error, Equatable, Sendable {
        /// No answer: no network, the server is off, or the line broke. Nothing is lost.
        case unreachable(String)
        /// The line broke after it stood: the other side may have done the work or not.
        case interrupted(String)
        case tooLarge(limit: Int)
        /// The server answered that it will not; its words are for people.
        case refused(status: Int, message: String)
    }

    /// Performs the exchange over a connection of its own.
    public func perform() async throws -> [UInt8] {
        try await HTTPConnection().perform(self).body
    }
}

/// Whom a TLS connection believes, and who it says it is.
public struct TLSIdentity: Sendable, Hashable {
    /// The only authority that may vouch for the server (PEM).
    public var authority: String
    /// The name the server's certificate must bear, wherever the server stands.
    public var serverName: String
    /// The device's own certificate and key (PEM); `nil` before it has one.
    public var certificate: String?
    public var key: String?

    public init(
        authority: String, serverName: String, certificate: String? = nil, key: String? = nil
    ) {
        self.authority = authority
        self.serverName = serverName
        self.certificate = certificate
        self.key = key
    }
}
