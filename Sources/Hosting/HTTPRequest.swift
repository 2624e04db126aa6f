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
    /// Given up after so long with hardly a byte; a slow link that still moves is never cut off,
    /// and whoever lets bytes drip to keep us waiting is.
    public var silentSeconds = HTTPRequest.usualSilence
    /// Seconds; what either end waits with hardly a byte.
    public static let usualSilence = 120
    /// What the slowest link that is worth waiting for brings in a second; a fiftieth of 30 kbit/s.
    public static let hardlyBytes = 75
    /// A header of the answer to be handed back.
    public var wantedHeader: String?
    /// Takes the body of a good answer piece by piece as it arrives, so that what arrived before a
    /// cut is kept; without it the answer is returned whole.
    ///
    /// Told with each piece whether the answer is the rest that was asked for, or the whole.
    public var taking: (@Sendable (_ piece: [UInt8], _ isRest: Bool) throws -> Void)?

    public init(url: String, body: [UInt8]? = nil) {
        self.url = url
        self.body = body
    }

    public struct Response: Sendable {
        public var status: Int
        public var body: [UInt8]
        /// Value of the header asked for; `nil` where the answer had none.
        public var header: String?
    }

    public enum Fault: Error, Equatable, Sendable {
        /// No answer: no network, the server is off, or the line broke. Nothing is lost.
        case unreachable(String)
        /// The line broke after it stood: the other side may have done the work or not.
        case interrupted(String)
        case tooLarge(limit: Int)
        /// The server answered that it will not; its words are for people.
        case refused(status: Int, message: String)

        /// Another attempt may go better.
        public var isOfTheLine: Bool {
            switch self {
            case .unreachable, .interrupted: true
            case .tooLarge, .refused: false
            }
        }

        /// The other side will not have these very bytes, however often they are sent.
        public var isAboutTheParcel: Bool {
            switch self {
            case .refused(let status, _): status == 400 || status == 409
            case .unreachable, .interrupted, .tooLarge: false
            }
        }
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
