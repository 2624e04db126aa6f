import Vocabulary

/// How parcels and bulletins travel, as a value: HTTPS at the edge, a stick, or a test's wire.
///
/// A carrier is believed about nothing; everything it brings is verified by what it carries.
public struct Carrier: Sendable {
    /// Says who a device is, for its first certificate or the next; harmless to repeat.
    public let register: @Sendable (Registration) async throws -> DeviceCertificate
    /// Hands a packed parcel over; answers the signed acknowledgement's bytes.
    public var send: @Sendable (_ parcel: [UInt8]) async throws -> [UInt8]
    /// Hands over a parcel that was begun before: only what did not arrive then goes again.
    public let resume: @Sendable (_ parcel: [UInt8]) async throws -> [UInt8]
    /// The versions the county offers, where it said so with its last answer; `nil` where it did
    /// not. Only saves asking for what is held already, and is not signed.
    public let news: @Sendable () async -> [DocumentRole: Int]?
    /// The signed manifest of a role.
    public let manifest: @Sendable (DocumentRole) async throws -> [UInt8]
    /// The compressed bytes of a section.
    public let section: @Sendable (Fingerprint) async throws -> [UInt8]
    /// What makes one section out of an older one; `nil` where there is none.
    public let delta: @Sendable (_ from: Fingerprint, _ to: Fingerprint) async throws -> [UInt8]?
    /// The signed root of a version; `nil` where it does not exist yet.
    public let root: @Sendable (_ version: Int) async throws -> [UInt8]?
    /// Gives the county a signed policy back that a backup took from it, then sections of it;
    /// answers the digests it still lacks, a line each.
    public let giveBack: @Sendable (_ statementOrSection: [UInt8]) async throws -> [UInt8]
    /// Asks the county for rights out of its reserve; answers a signed document.
    public let draw: @Sendable (_ request: [UInt8]) async throws -> [UInt8]

    public init(
        register: @escaping @Sendable (Registration) async throws -> DeviceCertificate = { _ in
            throw SyncFault.takesNoRegistration
        },
        send: @escaping @Sendable ([UInt8]) async throws -> [UInt8],
        resume: (@Sendable ([UInt8]) async throws -> [UInt8])? = nil,
        news: @escaping @Sendable () async -> [DocumentRole: Int]? = { nil },
        manifest: @escaping @Sendable (DocumentRole) async throws -> [UInt8],
        section: @escaping @Sendable (Fingerprint) async throws -> [UInt8],
        delta: @escaping @Sendable (Fingerprint, Fingerprint) async throws -> [UInt8]? = { _, _ in
            nil
        },
        root: @escaping @Sendable (Int) async throws -> [UInt8]? = { _ in nil },
        giveBack: @escaping @Sendable ([UInt8]) async throws -> [UInt8] = { _ in [] },
        draw: @escaping @Sendable ([UInt8]) async throws -> [UInt8] = { _ in
            throw SyncFault.bringsNoRights
        }
    ) {
        self.register = register
        self.send = send
        self.resume = resume ?? send
        self.news = news
        self.manifest = manifest
        self.section = section
        self.delta = delta
        self.root = root
        self.giveBack = giveBack
        self.draw = draw
    }
}

/// The versions on offer, in a header beside the answer to a parcel: "daily=17 policy=3".
public enum CountyNews {
    public static let header = "x-news"

    public static func write(_ versions: [DocumentRole: Int]) -> String {
        versions.map { "\($0.key.rawValue)=\($0.value)" }.sorted().joined(separator: " ")
    }

    public static func read(_ text: String) -> [DocumentRole: Int]? {
        var versions: [DocumentRole: Int] = [:]
        for word in text.split(separator: " ") {
            let parts = word.split(separator: "=")
            guard parts.count == 2, let role = DocumentRole(rawValue: String(parts[0])),
                let version = Int(parts[1])
            else { return nil }
            versions[role] = version
        }
        return versions
    }
}

/// Why the two ends do not agree about a journal; told to a person, never mended silently.
public enum SyncFault: Error, Equatable, Sendable {
    /// The county signed for a head this journal does not have: it was edited, cloned or restored.
    case headDiffers(at: Int)
    /// The county acknowledges more than this journal holds: this box was set back.
    case countyKnowsMore(through: Int, here: Int)
    /// This carrier brings no certificates home.
    case takesNoRegistration
    /// This carrier asks nobody for rights: it is a stick.
    case bringsNoRights
    /// Whoever answered a registration by code does not know the code.
    case notTheCounty
}
