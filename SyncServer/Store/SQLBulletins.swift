import Foundation
import Journaling
import Syncing
import Vocabulary

// What was published when, for deltas, for versions, and for tidying up.
extension SQLSession {
    func statement(_ role: DocumentRole, version: Int) throws -> [UInt8]? {
        try bytes(
            "SELECT statement FROM manifest WHERE role = ? AND version = ?",
            [role.rawValue, version]
        )
    }

    func forget(note name: String) throws {
        try run("DELETE FROM note WHERE name = ?", [name])
    }

    func note(_ read: BulletinRead, of kiosk: KioskID) throws {
        try run(
            """
            INSERT INTO bulletin_read VALUES (?, ?, ?)
            ON CONFLICT (kiosk) DO UPDATE SET
                policy = CASE WHEN excluded.policy > bulletin_read.policy
                    THEN excluded.policy ELSE bulletin_read.policy END,
                daily = CASE WHEN excluded.daily > bulletin_read.daily
                    THEN excluded.daily ELSE bulletin_read.daily END
            """, [kiosk.rawValue, read.policy, read.daily])
    }

    func highestRead(_ role: DocumentRole) throws -> Int {
        let column =
            switch role {
            case .policy: "policy"
            case .daily: "daily"
            case .acknowledgement, .root, .rights: "0"
            }
        return try int("SELECT max(\(column)) FROM bulletin_read") ?? 0
    }

    func nightsRead() throws -> [KioskID: Int] {
        try rows("SELECT kiosk, daily FROM bulletin_read").reduce(into: [:]) { read, row in
            guard let kiosk = KioskID(rawValue: row["kiosk"]) else { return }
            read[kiosk] = row["daily"]
        }
    }

    func note(_ manifest: Manifest) throws {
        for section in manifest.sections {
            try run(
                "INSERT OR REPLACE INTO published VALUES (?, ?, ?, ?)",
                [
                    section.name, section.digest.bytes, manifest.role.rawValue,
                    manifest.version,
                ])
        }
    }

    func names(of digest: Fingerprint) throws -> [String] {
        try rows(
            """
            SELECT name FROM published WHERE digest = ? AND version =
                (SELECT max(version) FROM manifest WHERE manifest.role = published.role)
            """, [digest]
        ).map { $0["name"] }
    }

    func wasPublished(_ digest: Fingerprint, as name: String) throws -> Bool {
        try int(
            "SELECT count(*) FROM published WHERE digest = ? AND name = ?", [digest, name]
        ) != 0
    }

    func delta(from old: Fingerprint, to new: Fingerprint) throws -> [UInt8]? {
        try bytes(
            "SELECT packed FROM section_delta WHERE old = ? AND new = ?", [old.bytes, new.bytes]
        )
    }

    func put(delta packed: [UInt8], from old: Fingerprint, to new: Fingerprint) throws {
        try run(
            "INSERT OR IGNORE INTO section_delta VALUES (?, ?, ?)",
            [old.bytes, new.bytes, packed])
    }

    func prune(_ role: DocumentRole, keeping kept: Int, and proposed: [Fingerprint]) throws {
        let oldest = try int(
            """
            SELECT version FROM manifest WHERE role = ?
            ORDER BY version DESC LIMIT 1 OFFSET ?
            """, [role.rawValue, kept - 1])
        guard let oldest else { return }
        try run(
            "DELETE FROM published WHERE role = ? AND version < ?", [role.rawValue, oldest])
        // The nightly ones say nothing that later ones do not; policies and roots are kept for ever.
        if role == .daily {
            try run(
                "DELETE FROM manifest WHERE role = ? AND version < ?", [role.rawValue, oldest])
        }
        let waiting = Set(proposed.map { $0.bytes })
        let forgotten = try rows(
            """
            SELECT digest FROM section
            WHERE NOT EXISTS (SELECT 1 FROM published WHERE published.digest = section.digest)
            """
        ).map { $0["digest"] as [UInt8] }
        for digest in forgotten where !waiting.contains(digest) {
            try run("DELETE FROM section WHERE digest = ?", [digest])
        }
        // A delta is only ever made to the newest; the older ones are made again if asked for.
        try run(
            """
            DELETE FROM section_delta WHERE old NOT IN (SELECT digest FROM section)
                OR new NOT IN (SELECT digest FROM published JOIN
                    (SELECT role, max(version) AS newest FROM manifest GROUP BY role)
                    AS latest USING (role)
                    WHERE version = newest)
            """)
    }
}
