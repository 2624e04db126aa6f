import Journaling
import Publishing
import Syncing
import Vocabulary

// What a device is handed: its own manifest, its sections, and what differs from those it holds.
extension Office {
    /// How many versions back a kiosk may be and still be told only what differs: two weeks of
    /// nights, and as many policies as a busy year has.
    static let kept: [DocumentRole: Int] = [.daily: 15, .policy: 8]

    /// The number after all that the county remembers and all that kiosks say they have read.
    ///
    /// A county set back to a backup remembers less than its kiosks hold: it counts on from the
    /// minute of the restoring, and no number is given twice. One whose database was set back by
    /// hand learns how far it had been from its kiosks' journals; one of them that lies can drive
    /// the numbers up to this minute's and no further. Its own journal may know more of policies.
    nonisolated func nextVersion(
        _ role: DocumentRole, _ session: any LedgerSession
    ) throws -> Int {
        max(
            try session.released(role)?.version ?? 0,
            try session.lastBeforeSetBack() ?? 0,
            role == .policy ? try lostRelease(session)?.1.version ?? 0 : 0,
            min(try session.highestRead(role), clock.now().bulletinNumber)) + 1
    }

    /// A manifest of ours, read back from the store; one over a whole county may be long.
    static func manifest(of statement: [UInt8], _ role: DocumentRole) throws -> Manifest {
        try SignedDocument(role: role, bytes: statement, limit: .max).value(Manifest.self)
    }

    /// The newest manifest of a role for a device: the nightly one holds nothing but its own
    /// sections and is signed for it alone.
    nonisolated func manifest(_ role: DocumentRole, for recipient: Recipient) throws -> [UInt8] {
        try store.read { try manifest(role, for: recipient, $0) }
    }

    nonisolated func manifest(
        _ role: DocumentRole, for recipient: Recipient, _ session: any LedgerSession
    ) throws -> [UInt8] {
        guard let released = try session.released(role) else { throw OfficeFault.noPolicy }
        guard role == .daily else { return released.statement }
        var own = try Office.manifest(of: released.statement, role)
        own.sections = own.sections(for: recipient)
        own.recipient = recipient.kiosk
        own.newest = [
            DocumentRole.policy.rawValue: try session.released(.policy)?.version ?? 0,
            DocumentRole.root.rawValue: try session.released(.root)?.version ?? 0,
        ]
        return try SignedDocument(role: .daily, own, key: service).bytes
    }

    /// A section of a released manifest that is addressed to the asker; nobody reads another
    /// township's roll.
    nonisolated func section(_ digest: Fingerprint, for recipient: Recipient) throws -> [UInt8] {
        try store.read { session in
            guard try session.names(of: digest).contains(where: recipient.mayRead),
                let packed = try session.section(digest)
            else { throw OfficeFault.notAllowed("section \(digest)") }
            return packed
        }
    }

    /// What makes a section that the asker may read out of an earlier one of the same name.
    ///
    /// Made when first asked for, off the office's own line of work, and kept for the next asker.
    ///
    /// - Throws: ``OfficeFault/notThere`` where the earlier one is no longer kept, or the whole
    ///   section is smaller.
    nonisolated func delta(
        from old: Fingerprint, to new: Fingerprint, for recipient: Recipient
    ) throws -> [UInt8] {
        let (made, before, after) = try store.read { session in
            let names = try session.names(of: new).filter(recipient.mayRead)
            guard try names.contains(where: { try session.wasPublished(old, as: $0) }) else {
                throw OfficeFault.notThere
            }
            return (
                try session.delta(from: old, to: new), try session.section(old),
                try session.section(new)
            )
        }
        if let made { return made }
        guard let before, let after else { throw OfficeFault.notThere }
        let delta = compress(
            try decompress(after, limit: Manifest.mostSectionBytes),
            from: try decompress(before, limit: Manifest.mostSectionBytes))
        guard delta.count < after.count else { throw OfficeFault.notThere }
        try store.write { try $0.put(delta: delta, from: old, to: new) }
        return delta
    }

    /// A root by its version; every one is kept, since devices take them over one by one.
    nonisolated func root(_ version: Int) throws -> [UInt8] {
        guard let statement = try store.read({ try $0.statement(.root, version: version) }) else {
            throw OfficeFault.notThere
        }
        return statement
    }

    /// Notes what a released manifest publishes and forgets what nobody can ask for any more.
    nonisolated func settle(_ manifest: Manifest, _ session: any LedgerSession) throws {
        try session.note(manifest)
        let waiting = try [
            session.proposal().map { Array($0.statement.utf8) }, session.note(offeredNote),
        ].compactMap(\.self).flatMap {
            try Office.manifest(of: $0, .policy).sections.map(\.digest)
        }
        try session.prune(
            manifest.role, keeping: Office.kept[manifest.role] ?? 1, and: waiting)
    }
}
