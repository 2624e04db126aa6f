import Journaling
import Publishing
import Syncing
import Vocabulary

// A county set back to a backup has lost policies that kiosks still hold, signed by its people.
extension Office {
    /// Takes a policy back: its statement first, then the sections that are lacking, in any order and
    /// from any kiosks. Who brings it does not matter; who signed it does.
    ///
    /// - Returns: the digests of the sections still lacking, a line each; none once it is in force.
    func takeBack(_ bytes: [UInt8]) throws -> [UInt8] {
        let isSection = bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
        let statement = isSection ? try takeBackSection(bytes) : try takeBackStatement(bytes)
        let manifest = try Office.manifest(of: statement, .policy)
        let lacking = try store.read { session in
            try manifest.sections.filter { try session.section($0.digest) == nil }.map(\.digest)
        }
        if lacking.isEmpty {
            // Whatever was priced since the backup was priced without it.
            try putInForce(statement, from: Day(number: 0))
            try store.write { try $0.forget(note: offeredNote) }
        }
        return Array(lacking.map(\.description).joined(separator: "\n").utf8)
    }

    /// The policy released last by the office's own journal, where a backup took it out of the
    /// database and nobody has brought it back.
    nonisolated func lostRelease(_ session: any LedgerSession) throws -> (Instant, Publication)? {
        let newest = try session.released(.policy)?.version ?? 0
        for entry in try journal.read({ try $0.latest(["publication"], limit: 30) }) {
            guard case .publication(let told) = entry.fact, told.step == .released else { continue }
            return told.version > newest ? (entry.header.at, told) : nil
        }
        return nil
    }

    private func takeBackStatement(_ bytes: [UInt8]) throws -> [UInt8] {
        let (own, brought) = try store.read { session in
            (try session.released(.policy)?.version ?? 0, try offered(session)?.version ?? 0)
        }
        let manifest = try Manifest(
            bytes: bytes, role: .policy, trust: trust, held: own, now: clock.now())
        // Of several that kiosks bring, the newest counts.
        guard manifest.version > own, manifest.version >= brought else {
            throw OfficeFault.notThere
        }
        try store.write { try $0.put(note: offeredNote, bytes) }
        return bytes
    }

    private func takeBackSection(_ packed: [UInt8]) throws -> [UInt8] {
        guard let statement = try store.read({ try $0.note(offeredNote) }) else {
            throw OfficeFault.notThere
        }
        let manifest = try Office.manifest(of: statement, .policy)
        let largest = manifest.sections.map(\.size).max() ?? 0
        let bytes = try decompress(packed, limit: min(largest, Manifest.mostSectionBytes))
        let digest = SyncingHash.of(bytes)
        guard manifest.sections.contains(where: { $0.digest == digest }) else {
            throw OfficeFault.notThere
        }
        try store.write { try $0.put(section: compress(bytes), digest: digest) }
        return statement
    }

    private func offered(_ session: any LedgerSession) throws -> Manifest? {
        try session.note(offeredNote).map { try Office.manifest(of: $0, .policy) }
    }
}

/// A policy that a kiosk has brought back and whose sections are not all here yet.
let offeredNote = "offered policy"
