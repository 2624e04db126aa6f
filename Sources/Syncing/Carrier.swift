import Vocabulary

/// How parcels and bulletins travel, as a value: HTTPS at the edge, a stick, or a test's wire.
///
/// A carrier is believed about nothing; everything it brings is verified by what it carries.
public struct Carrier: Sendable {
    /// Says who a device is, for its first certificate or the next; harmless to repeat.
    public let register: @Sendable (Registration) async throws -> DeviceCertificate
    /// Hands a packed parcel over; answers the signed acknowledgement's bytes.
    public let send: @Sendable (_ parcel: [UInt8]) async throws -> [UInt8]
    /// The signed manifest of a role.
    public let manifest: @Sendable (DocumentRole) async throws -> [UInt8]
    /// The compressed bytes of a section.
    public let section: @Sendable (Fingerprint) async throws -> [UInt8]
    /// What makes one section out of an older one; `nil` where there is none.
    public let delta: @Sendable (_ from: Fingerprint, _ to: Fingerprint) async throws -> [UInt8]?
    /// The signed root of a version; `nil` where it does not exist yet.
    public let root: @Sendable (_ version: Int) async throws -> [UInt8]?

    public init(
        register: @escaping @Sendable (Registration) async throws -> DeviceCertificate = { _ in
            throw SyncFault.takesNoRegistration
        },
        send: @escaping @Sendable ([UInt8]) async throws -> [UInt8],
        manifest: @escaping @Sendable (DocumentRole) async throws -> [UInt8],
        section: @escaping @Sendable (Fingerprint) async throws -> [UInt8],
        delta: @escaping @Sendable (Fingerprint, Fingerprint) async throws -> [UInt8]? = { _, _ in
            nil
        },
        root: @escaping @Sendable (Int) async throws -> [UInt8]? = { _ in nil }
    ) {
        self.register = register
        self.send = send
        self.manifest = manifest
        self.section = section
        self.delta = delta
        self.root = root
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
    /// Whoever answered a registration by code does not know the code.
    case notTheCounty
}
