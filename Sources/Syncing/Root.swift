import Journaling
import Vocabulary

/// The county's word on its own keys: whose signatures count for what, and until when.
///
/// A root is believed when enough of the keys of the one before have signed it, and enough of its
/// own, so that keys can change without anybody touching a device.
public struct Root: Sendable, Hashable, Codable {
    public var county: String
    /// One more than the root before; no step is left out.
    public var version: Int
    public var issued: Instant
    public var expires: Instant
    /// Who signs the next root.
    public var root: Delegation
    /// Who signs catalogue, parameters and review rules: different people.
    public var policy: Delegation
    /// The county server's own key: acknowledgements and the nightly sections.
    public var service: String
    /// Keys the county signs credentials with; an old one stays while credentials of it are good.
    public var credentials: [String]

    /// Keys of a role in hexadecimal, and how many different ones must sign.
    public struct Delegation: Sendable, Hashable, Codable {
        public var keys: [String]
        public var threshold: Int

        public init(keys: [String], threshold: Int) {
            self.keys = keys
            self.threshold = threshold
        }

        /// Several people and never one alone, each counted once.
        fileprivate var isSound: Bool {
            keys.count <= 8 && (2...8).contains(threshold) && threshold <= keys.count
                && areKeys(keys)
        }
    }

    public init(_ trust: Trust, issued: Instant, expires: Instant) {
        county = trust.county
        version = trust.rootVersion
        self.issued = issued
        self.expires = expires
        root = Delegation(keys: trust.rootKeys, threshold: trust.rootThreshold)
        policy = Delegation(keys: trust.officeKeys, threshold: trust.threshold)
        service = trust.serviceKey
        credentials = trust.credentialKeys
    }

    var isSound: Bool {
        root.isSound && policy.isSound && areKeys([service]) && areKeys(credentials)
            && !root.keys.contains(service) && !policy.keys.contains(service)
    }
}

/// Whether all are Ed25519 keys written in one way, none of them twice.
private func areKeys(_ keys: [String]) -> Bool {
    Set(keys).count == keys.count
        && keys.allSatisfy { $0 == $0.lowercased() && unhex($0)?.count == 32 }
}

extension Trust {
    public init(_ root: Root) {
        self.init(
            county: root.county, officeKeys: root.policy.keys, threshold: root.policy.threshold,
            serviceKey: root.service, credentialKeys: root.credentials)
        rootVersion = root.version
        rootKeys = root.root.keys
        rootThreshold = root.root.threshold
        rootExpires = root.expires
    }

    /// What is believed after the next root.
    ///
    /// - Throws: ``DocumentFault`` where it is not the next, or not signed by enough of the keys
    ///   believed now and of its own.
    public func following(_ bytes: [UInt8]) throws(DocumentFault) -> Trust {
        let document = try SignedDocument(role: .root, bytes: bytes)
        try document.requireSigners(rootThreshold, among: rootKeys)
        let root = try document.value(Root.self)
        guard root.county == county else { throw .otherCounty(root.county) }
        guard root.version == rootVersion + 1 else {
            throw .rootOutOfStep(held: rootVersion, offered: root.version)
        }
        guard root.isSound else { throw .malformed }
        try document.requireSigners(root.root.threshold, among: root.root.keys)
        return Trust(root)
    }

    /// Whether versions of a role start again after another trust: only where nothing signed under
    /// that one could count now.
    ///
    /// A thief of keys may have signed the highest number there is; new keys end that. Where enough
    /// old keys stay to sign, the numbers stay too, or old documents would come back to life.
    public func startsAgain(_ role: DocumentRole, after old: Trust) -> Bool {
        switch role {
        case .policy: Set(old.officeKeys).intersection(officeKeys).count < threshold
        case .daily: old.serviceKey != serviceKey
        case .acknowledgement, .root, .rights: false
        }
    }
}

/// Roots taken over in one go: the statements in order, and what is believed after the last.
public struct FetchedRoots: Sendable {
    public var statements: [[UInt8]] = []
    public var trust: Trust
    /// Roles whose versions start again on the way.
    public var startedAgain: Set<DocumentRole> = []

    /// A county that changed its keys more often while a device lay in a drawer needs another night.
    public static let most = 32
}

/// Follows the county's roots one by one from the one held to the newest.
public func fetchRoots(after trust: Trust, carrier: Carrier) async throws -> FetchedRoots {
    var fetched = FetchedRoots(trust: trust)
    while fetched.statements.count < FetchedRoots.most,
        let statement = try await carrier.root(fetched.trust.rootVersion + 1)
    {
        let next = try fetched.trust.following(statement)
        for role in DocumentRole.allCases where next.startsAgain(role, after: fetched.trust) {
            fetched.startedAgain.insert(role)
        }
        fetched.trust = next
        fetched.statements.append(statement)
    }
    return fetched
}
