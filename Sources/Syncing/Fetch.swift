import Vocabulary

/// A verified bulletin, or the part of one that was new.
public struct Fetched: Sendable {
    /// The manifest as signed, to be kept and shown again.
    public var statement: [UInt8]
    public var manifest: Manifest
    /// Unpacked bytes of the sections that the recipient lacked, by name.
    public var sections: [String: [UInt8]]
    /// Compressed bytes that travelled.
    public var bytes: Int

    public init(statement: [UInt8], manifest: Manifest, sections: [String: [UInt8]], bytes: Int) {
        self.statement = statement
        self.manifest = manifest
        self.sections = sections
        self.bytes = bytes
    }
}

/// What a device holds of a role.
public struct Held: Sendable {
    public var version: Int
    /// Digest of each section held, by name.
    public var sections: [String: Fingerprint]

    public init(version: Int = 0, sections: [String: Fingerprint] = [:]) {
        self.version = version
        self.sections = sections
    }
}

/// Fetches the sections of a bulletin that are new to this recipient, verifying everything.
///
/// - Returns: `nil` where the version held is still the newest.
public func fetchBulletin(
    _ role: DocumentRole, for recipient: Recipient, held: Held, trust: Trust, now: Instant,
    carrier: Carrier
) async throws -> Fetched? {
    let statement = try await carrier.manifest(role)
    let manifest = try Manifest(
        bytes: statement, role: role, trust: trust, held: held.version, now: now)
    guard manifest.version > held.version else { return nil }
    var fetched = Fetched(
        statement: statement, manifest: manifest, sections: [:], bytes: statement.count)
    for section in manifest.sections(for: recipient)
    where held.sections[section.name] != section.digest {
        let packed = try await carrier.section(section.digest)
        fetched.sections[section.name] = try open(packed, as: section)
        fetched.bytes += packed.count
    }
    return fetched
}

/// Unpacks a section, never beyond the size its manifest names, and checks its digest.
public func open(_ packed: [UInt8], as section: Manifest.Section) throws -> [UInt8] {
    guard section.size <= Manifest.mostSectionBytes else {
        throw DocumentFault.tooLarge(section.size)
    }
    let bytes: [UInt8]
    do { bytes = try decompress(packed, limit: section.size) } catch {
        throw DocumentFault.sectionDiffers(section.name)
    }
    guard SyncingHash.of(bytes) == section.digest else {
        throw DocumentFault.sectionDiffers(section.name)
    }
    return bytes
}
