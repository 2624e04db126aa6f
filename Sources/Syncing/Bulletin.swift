import Vocabulary

/// The table of contents of one bulletin role: versioned sections by name and digest.
public struct Manifest: Sendable, Hashable, Codable {
    public var role: DocumentRole
    public var county: String
    /// Strictly rising; a kiosk never goes back.
    public var version: Int
    public var issued: Instant
    public var expires: Instant
    public var sections: [Section]
    /// The one device this is for; `nil` for all of the county.
    public var recipient: KioskID?
    /// The newest version of other roles when this was signed, by role: what a mirror keeps back is
    /// missed.
    public var newest: [String: Int]?

    /// One file of the bulletin.
    public struct Section: Sendable, Hashable, Codable {
        /// "catalogue", or with its recipient "roll/419925101".
        public var name: String
        /// SHA-256 of the unpacked bytes.
        public var digest: Fingerprint
        /// Unpacked size in bytes; nothing larger is read.
        public var size: Int

        public init(name: String, bytes: [UInt8]) {
            self.name = name
            digest = SyncingHash.of(bytes)
            size = bytes.count
        }
    }

    public init(
        role: DocumentRole, county: String, version: Int, issued: Instant, expires: Instant,
        sections: [Section]
    ) {
        self.role = role
        self.county = county
        self.version = version
        self.issued = issued
        self.expires = expires
        self.sections = sections.sorted { $0.name < $1.name }
    }

    /// No section is larger unpacked; a catalogue of a quarter of a million rows is two thirds of it.
    public static let mostSectionBytes = 96 * 1024 * 1024

    /// Reads and verifies a manifest against what the device trusts and already holds.
    ///
    /// - Parameters:
    ///   - held: version held for this role, 0 for none.
    ///   - now: the device's best estimate of the time, for the expiry.
    public init(
        bytes: [UInt8], role: DocumentRole, trust: Trust, held: Int, now: Instant
    ) throws(DocumentFault) {
        let document = try SignedDocument(role: role, bytes: bytes)
        if let expires = trust.rootExpires, now >= expires { throw .rootExpired(expires) }
        let (keys, needed) =
            role == .policy ? (trust.officeKeys, trust.threshold) : ([trust.serviceKey], 1)
        try document.requireSigners(needed, among: keys)
        self = try document.value(Manifest.self)
        guard self.role == role else { throw .otherRecipient }
        guard county == trust.county else { throw .otherCounty(county) }
        guard version >= held else { throw .olderThanHeld(held: held, offered: version) }
        // What is held already was checked when it was taken over; it is not refused for its age.
        guard version == held || now < expires else { throw .expired(expires) }
    }

    /// Checks what a signature alone does not say: that this is for us and still worth having.
    ///
    /// - Parameter named: what the county's nightly word says is the newest of this role.
    func check(
        for recipient: Recipient, trust: Trust, named: Int, now: Instant
    ) throws(DocumentFault) {
        guard self.recipient == nil || self.recipient == recipient.kiosk else {
            throw .otherRecipient
        }
        if let root = newest?[DocumentRole.root.rawValue], root > trust.rootVersion {
            throw .behind(.root, newest: root, offered: trust.rootVersion)
        }
        guard version >= named else { throw .behind(role, newest: named, offered: version) }
        // The one held is still believed, but a county that shows nothing newer is not the county.
        guard now < expires else { throw .expired(expires) }
    }

    /// The sections meant for a recipient: those without an address, and those addressed to it.
    public func sections(for recipient: Recipient) -> [Section] {
        sections.filter { recipient.mayRead($0.name) }
    }
}

/// Who a device is, as far as bulletins are concerned.
public struct Recipient: Sendable, Hashable {
    public let kiosk: KioskID
    public let addresses: Set<String>

    public init(kiosk: KioskID, institution: String, township: String) {
        self.kiosk = kiosk
        addresses = [kiosk.rawValue, institution, township]
    }

    /// Whether a section of this name is for this recipient: addressed to it, or to nobody.
    public func mayRead(_ name: String) -> Bool {
        guard let slash = name.firstIndex(of: "/") else { return true }
        return addresses.contains(String(name[slash...].dropFirst()))
    }
}

/// Names of the sections, in one place so that the two ends cannot drift apart.
public enum SectionName {
    public static let catalogue = "catalogue"
    public static let diagnoses = "diagnoses"
    /// A national list, by the number of the transaction that downloads it.
    public static func directory(_ list: String) -> String { "directory-\(list)" }
    public static let rules = "rules"
    public static let knowledge = "knowledge"
    public static let revocations = "revocations"
    public static let devices = "devices"
    /// Who is covered anywhere in the county, without names.
    public static let coverage = "coverage"
    public static func roll(township: String) -> String { "roll/\(township)" }
    public static func standing(township: String) -> String { "standing/\(township)" }
    public static func operators(institution: String) -> String { "operators/\(institution)" }
    public static func allotments(_ kiosk: KioskID) -> String { "allotments/\(kiosk)" }
    public static func desk(_ kiosk: KioskID) -> String { "desk/\(kiosk)" }
}
