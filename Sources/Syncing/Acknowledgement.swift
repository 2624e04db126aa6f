import Collecting
import Journaling
import Vocabulary

/// The county's signed word that it holds a journal up to an entry: the only thing that turns a
/// kiosk's status green.
public struct Acknowledgement: Sendable, Hashable, Codable {
    public let county: String
    public let kiosk: KioskID
    /// All entries up to this number are stored durably.
    public let through: Int
    /// The head hash at `through`; the kiosk compares it with its own.
    public let head: Fingerprint
    public let at: Instant
    /// Entries that are stored but could not be merged, for a person to look at.
    public let setAside: [Int]
    /// Who the county takes the device for; with it a county set back to an older backup knows it
    /// again. Acknowledgements from before it was said have none.
    public let device: Device?
    /// How far the journals are held that the device kept before this one; `nil` for its first. A
    /// county set back to a backup says so by saying less.
    public let earlier: [String: Int]?

    /// A device as the county registered it.
    public struct Device: Sendable, Hashable, Codable {
        /// Raw Ed25519 key in hexadecimal.
        public let publicKey: String
        public let institution: String
        public let name: String
        public let blocks: [ReceiptBlock]

        public init(publicKey: String, institution: String, name: String, blocks: [ReceiptBlock]) {
            self.publicKey = publicKey
            self.institution = institution
            self.name = name
            self.blocks = blocks
        }
    }

    public init(
        county: String, kiosk: KioskID, through: Int, head: Fingerprint, at: Instant,
        setAside: [Int], device: Device? = nil, earlier: [String: Int]? = nil
    ) {
        self.device = device
        self.earlier = earlier
        self.county = county
        self.kiosk = kiosk
        self.through = through
        self.head = head
        self.at = at
        self.setAside = setAside
    }

    /// Reads and verifies an acknowledgement.
    ///
    /// - Throws: ``DocumentFault`` for anything not signed by this county for this kiosk.
    public init(
        bytes: [UInt8], for kiosk: KioskID, trust: Trust
    ) throws(DocumentFault) {
        let document = try SignedDocument(role: .acknowledgement, bytes: bytes)
        guard document.signers(among: [trust.serviceKey]).count == 1 else {
            throw .signatures(found: 0, needed: 1)
        }
        self = try document.value(Acknowledgement.self)
        guard county == trust.county else { throw .otherCounty(county) }
        guard self.kiosk == kiosk else { throw .otherRecipient }
    }
}

/// Whose signatures a device believes: told once when it is provisioned, carried on by roots.
public struct Trust: Sendable, Hashable, Codable {
    /// Division code of the county, six digits.
    public var county: String
    /// Raw Ed25519 keys of the office's people, in hexadecimal.
    public var officeKeys: [String]
    /// How many different of them must sign a policy.
    public var threshold: Int
    /// The county server's own key: acknowledgements and nightly sections.
    public var serviceKey: String
    /// Keys the county signs credentials with.
    public var credentialKeys: [String]
    /// Version of the root this was read from, 0 for what came with the provisioning file.
    public var rootVersion = 0
    /// Whose signatures, and how many of them, the next root needs beside its own.
    public var rootKeys: [String]
    public var rootThreshold: Int
    /// Nothing new is believed after; `nil` before the first root.
    public var rootExpires: Instant?

    public init(
        county: String, officeKeys: [String], threshold: Int, serviceKey: String,
        credentialKeys: [String]
    ) {
        self.county = county
        self.officeKeys = officeKeys
        self.threshold = threshold
        self.serviceKey = serviceKey
        self.credentialKeys = credentialKeys
        rootKeys = officeKeys
        rootThreshold = threshold
    }
}
