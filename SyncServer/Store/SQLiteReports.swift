import Foundation
import GRDB
import Journaling
import Merging
import Vocabulary

// What the office's pages ask of journals, one at a time.
extension SQLiteSession {
    func entries(of kiosk: KioskID, on day: Day) throws -> [Placed] {
        // An entry nobody can read has no day; it is found among what was set aside.
        try placed(
            """
            SELECT seq, hash, bytes FROM entry WHERE kiosk = ? AND ? = (
                CASE WHEN json_valid(CAST(bytes AS TEXT))
                THEN json_extract(CAST(bytes AS TEXT), '$.day') END)
            ORDER BY seq
            """,
            of: kiosk, [kiosk.rawValue, day.description])
    }

    func entries(of kiosk: KioskID, before sequence: Int, limit: Int) throws -> [Placed] {
        try placed(
            """
            SELECT seq, hash, bytes FROM entry WHERE kiosk = ? AND seq < ?
            ORDER BY seq DESC LIMIT ?
            """, of: kiosk, [kiosk.rawValue, sequence, limit])
    }

    func setAside(limit: Int) throws -> [(reference: EntryReference, reason: String)] {
        try Row.fetchAll(
            db, sql: "SELECT kiosk, seq, hash, reason FROM set_aside ORDER BY kiosk, seq LIMIT ?",
            arguments: [limit]
        ).compactMap { row in
            KioskID(rawValue: row["kiosk"]).map {
                (
                    EntryReference(
                        kiosk: $0, sequence: row["seq"],
                        hash: Fingerprint(bytes: row["hash"] as Data)), row["reason"]
                )
            }
        }
    }

    private func placed(_ sql: String, of kiosk: KioskID, _ arguments: StatementArguments) throws
        -> [Placed]
    {
        let standings = try beyond(kiosk)
        return try Row.fetchAll(db, sql: sql, arguments: arguments).compactMap {
            placed($0, of: kiosk, standings)
        }
    }
}
