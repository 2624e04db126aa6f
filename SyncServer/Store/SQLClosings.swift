import Journaling
import Merging
import Vocabulary

// What closed months rest on: who asked, and what of forked journals stood in the books.
extension SQLSession {
    /// Keeps or forgets a request or the word about a fork.
    func cache(closing placed: Placed, keep: Bool) throws {
        let key: [any SQLBindable] = [placed.kiosk, placed.sequence]
        switch placed.entry.fact {
        case .monthProposed(let proposed):
            let key = [proposed.month.description] + key
            try run(
                keep
                    ? "INSERT OR IGNORE INTO month_proposed VALUES (?, ?, ?)"
                    : "DELETE FROM month_proposed WHERE month = ? AND kiosk = ? AND seq = ?", key)
        case .forkFound(let found):
            let key = [found.kiosk] + key
            guard keep else {
                return try run("DELETE FROM stood WHERE target = ? AND kiosk = ? AND seq = ?", key)
            }
            try run("INSERT OR IGNORE INTO stood VALUES (?, ?, ?, ?)", key + [found.head])
        default: break
        }
    }

    func proposedClosing(of month: Month) throws -> Placed? {
        try row(
            "SELECT kiosk, seq FROM month_proposed WHERE month = ? ORDER BY kiosk, seq LIMIT 1",
            [month.description]
        ).flatMap { row in
            try KioskID(rawValue: row["kiosk"]).flatMap {
                try entry(EntryReference(kiosk: $0, sequence: row["seq"]))
            }
        }
    }

    func stood(_ kiosk: KioskID) throws -> Fingerprint? {
        try bytes("SELECT head FROM stood WHERE target = ? ORDER BY kiosk, seq LIMIT 1", [kiosk])
            .flatMap { Fingerprint(bytes: $0) }
    }

    func standingInClosings() throws -> [KioskID: (MonthClosed) -> Set<Fingerprint>] {
        let forked = try rows("SELECT DISTINCT kiosk FROM beyond").compactMap {
            KioskID(rawValue: $0["kiosk"])
        }
        var standing: [KioskID: (MonthClosed) -> Set<Fingerprint>] = [:]
        for kiosk in forked {
            let links = try branches(of: kiosk).beyond
            let known = Dictionary(links.map { ($0.hash, $0) }, uniquingKeysWith: { one, _ in one })
            let stood = try stood(kiosk)
            standing[kiosk] = { closed in
                closed.inside(kiosk, known, stood: stood)
            }
        }
        return standing
    }
}

extension MonthClosed {
    /// What lies behind the heads that stood when the month was closed; of a journal that was sound
    /// then, behind the head that stood when the fork was found.
    fileprivate func inside(
        _ kiosk: KioskID, _ links: [Fingerprint: Link], stood: Fingerprint?
    ) -> Set<Fingerprint> {
        let named = heads?[kiosk.rawValue]
        let last = through[kiosk.rawValue] ?? 0
        var inside: Set<Fingerprint> = []
        for head in named ?? [stood].compactMap({ $0 }) {
            var next = links[head]
            while let link = next {
                if named != nil || link.sequence <= last { inside.insert(link.hash) }
                next = links[link.previous]
            }
        }
        return inside
    }
}
