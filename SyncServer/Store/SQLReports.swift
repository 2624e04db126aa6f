import Foundation
import Journaling
import Merging
import Vocabulary

// What the office's pages ask of journals, one at a time.
extension SQLSession {
    func put(arrived count: Int, of kiosk: KioskID, behind sequence: Int, at: Instant) throws {
        guard count > 0 else { return }
        try run(
            "INSERT OR IGNORE INTO arrival VALUES (?, ?, ?, ?)",
            [at.milliseconds, kiosk, sequence + 1, sequence + count])
    }

    func arrivals(since: Instant) throws -> Arrived {
        Arrived(
            try rows(
                "SELECT kiosk, first, last FROM arrival WHERE at >= ?", [since.milliseconds]
            ).compactMap { row in
                KioskID(rawValue: row["kiosk"]).map {
                    ($0, (row["first"] as Int)...(row["last"] as Int))
                }
            })
    }

    func entries(of kiosk: KioskID, on day: Day) throws -> [Placed] {
        // An entry nobody can read has no day; it is found among what was set aside.
        try placed(
            """
            SELECT seq, hash, bytes FROM entry WHERE kiosk = ? AND instr(bytes, ?) > 0
            ORDER BY seq
            """,
            of: kiosk, [kiosk, Array("\"day\":\"\(day)\"".utf8)]
        ).filter { $0.entry.header.day == day }
    }

    func entries(of kiosk: KioskID, before sequence: Int, limit: Int) throws -> [Placed] {
        try placed(
            """
            SELECT seq, hash, bytes FROM entry WHERE kiosk = ? AND seq < ?
            ORDER BY seq DESC LIMIT ?
            """, of: kiosk, [kiosk.rawValue, sequence, limit])
    }

    func setAside(limit: Int) throws -> [(reference: EntryReference, reason: String)] {
        try rows(
            "SELECT kiosk, seq, hash, reason FROM set_aside ORDER BY kiosk, seq LIMIT ?", [limit]
        ).compactMap { row in
            KioskID(rawValue: row["kiosk"]).map {
                (
                    EntryReference(
                        kiosk: $0, sequence: row["seq"],
                        hash: Fingerprint(bytes: row["hash"] as [UInt8])), row["reason"]
                )
            }
        }
    }

    private func placed(_ sql: String, of kiosk: KioskID, _ arguments: [any SQLBindable]) throws
        -> [Placed]
    {
        let standings = try beyond(kiosk)
        return try rows(sql, arguments).compactMap {
            placed($0, of: kiosk, standings)
        }
    }
}
