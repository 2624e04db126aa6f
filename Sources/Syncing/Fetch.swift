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
    /// Nothing older is taken; the version held, or 0 where new keys let the numbers start again.
    public var floor: Int
    /// Digest of each section held, by name.
    public var sections: [String: Fingerprint]

    public init(version: Int = 0, floor: Int? = nil, sections: [String: Fingerprint] = [:]) {
        self.version = version
        self.floor = floor ?? version
        self.sections = sections
    }
}

/// Fetches the sections of a bulletin that are new to this recipient, verifying everything.
///
/// - Parameters:
///   - named: what the county's nightly word says is the newest version of this role.
///   - old: the bytes held of a section by name, to need only what differs from them.
/// - Returns: `nil` where the version held is still the newest.
public func fetchBulletin(
    _ role: DocumentRole, for recipient: Recipient, held: Held, trust: Trust, named: Int = 0,
    now: Instant, carrier: Carrier, old: @Sendable (String) throws -> [UInt8]? = { _ in nil }
) async throws -> Fetched? {
    let statement = try await carrier.manifest(role)
    let manifest = try Manifest(
        bytes: statement, role: role, trust: trust, held: held.floor, now: now)
    try manifest.check(for: recipient, trust: trust, named: named, now: now)
    guard manifest.version > held.floor else { return nil }
    var fetched = Fetched(
        statement: statement, manifest: manifest, sections: [:], bytes: statement.count)
    for section in manifest.sections(for: recipient)
    where held.sections[section.name] != section.digest {
        if let from = held.sections[section.name], let before = try old(section.name),
            let delta = try await carrier.delta(from, section.digest)
        {
            fetched.bytes += delta.count
            if let bytes = apply(delta, to: before, digest: from, as: section) {
                fetched.sections[section.name] = bytes
                continue
            }
        }
        let packed = try await carrier.section(section.digest)
        fetched.sections[section.name] = try open(packed, as: section)
        fetched.bytes += packed.count
    }
    return fetched
}

/// What a delta makes of the section held; `nil` where that is not what the delta starts from, or
/// the delta is not what it should be: the whole section is then asked for.
///
/// A delta is not signed, for what it makes is: size and digest stand in the manifest, and nothing
/// larger than that size is ever written.
public func apply(
    _ delta: [UInt8], to before: [UInt8], digest: Fingerprint, as section: Manifest.Section
) -> [UInt8]? {
    guard (0...Manifest.mostSectionBytes).contains(section.size),
        before.count <= Manifest.mostSectionBytes, SyncingHash.of(before) == digest,
        let bytes = try? decompress(delta, from: before, size: section.size),
        SyncingHash.of(bytes) == section.digest
    else { return nil }
    return bytes
}

/// Unpacks a section, never beyond the size its manifest names, and checks its digest.
public func open(_ packed: [UInt8], as section: Manifest.Section) throws -> [UInt8] {
    guard (0...Manifest.mostSectionBytes).contains(section.size) else {
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
