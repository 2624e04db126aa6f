import Crypto
import Foundation
import Vocabulary

/// The hashes of one journal from its first entry on, as the auditor worked them out.
struct Chain: Hashable {
    var kiosk = ""
    var hashes: [[UInt8]] = []

    var head: [UInt8] { hashes.last ?? Truth.nothing }
}

/// What every device of a county really wrote and was told: the auditor's own books, kept beside the
/// code under test and with none of it.
struct Truth {
    static let nothing = [UInt8](repeating: 0, count: 32)

    /// One entry as it was written.
    struct Written {
        let kiosk: String
        let sequence: Int
        let previous: [UInt8]
        let bytes: [UInt8]
        let said: Said?
        /// The true time it was first seen, in milliseconds.
        let at: Int
        /// Whether the device could know the day.
        let isDaySure: Bool
    }

    /// The little of an entry that money and rights hang on, read by the auditor itself.
    struct Said: Equatable {
        var kind = ""
        var person = ""
        var day = ""
        var identity = ""
        var fund = 0
        var total = 0
        /// 符合范围.
        var scope = 0
        var voids: Int?
        /// Whether the parts make the whole.
        var isSound = true
        var rights = Rights()

        var year: Int { Int(day.prefix(4)) ?? 0 }
    }

    /// By hash.
    var written: [[UInt8]: Written] = [:]
    /// By server and journal, the furthest head that server has signed for.
    var promised: [Int: [String: (through: Int, head: [UInt8])]] = [:]
    /// Statements that a server of the county really made.
    var statements: Set<[UInt8]> = []

    static func hash(_ bytes: [UInt8], after previous: [UInt8]) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: previous)
        hasher.update(data: bytes)
        return Array(hasher.finalize())
    }

    /// Notes what a device wrote behind a chain.
    mutating func note(
        _ bytes: [UInt8], on chain: inout Chain, at: Int = 0, isDaySure: Bool = false
    ) {
        let hash = Truth.hash(bytes, after: chain.head)
        written[hash] = Written(
            kiosk: chain.kiosk, sequence: chain.hashes.count + 1, previous: chain.head,
            bytes: bytes, said: Said(bytes), at: at, isDaySure: isDaySure)
        chain.hashes.append(hash)
    }

    /// The first number of each journal under which what is stored shows that a device said more
    /// than one thing: it stands there twice, or follows an entry that is not stored.
    ///
    /// The latter is left where a box that went on from a copy was set back or lost before it could
    /// send once more what a county set back had lost.
    func contested(_ stored: Set<[UInt8]>) -> [String: Int] {
        var seen: [String: [Int: Int]] = [:]
        for hash in stored {
            guard let entry = written[hash] else { continue }
            let isLoose = entry.sequence > 1 && !stored.contains(entry.previous)
            seen[entry.kiosk, default: [:]][entry.sequence, default: 0] += isLoose ? 2 : 1
        }
        return seen.compactMapValues { $0.filter { $0.value > 1 }.keys.min() }
    }
}

extension Truth.Said {
    /// - Returns: `nil` for what is no entry at all.
    init?(_ bytes: [UInt8]) {
        guard let entry = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
            let kind = entry["kind"] as? String, let body = entry["body"] as? [String: Any]
        else { return nil }
        self.kind = kind
        day = entry["day"] as? String ?? ""
        person = body["psn"] as? String ?? ""
        identity = body["id"] as? String ?? ""
        voids = body["voids"] as? Int
        rights = Truth.Rights(kind, body)
        guard let amounts = body["amt"] as? [String: Any] else { return }
        func fen(_ name: String) -> Int { amounts[name] as? Int ?? 0 }
        (total, fund) = (fen("medfee_sumamt"), fen("fund_pay_sumamt"))
        scope = fen("inscp_scp_amt")
        let parts = ["fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt"]
        let paid = (body["paid"] as? [String: Int] ?? [:]).values.reduce(0, +)
        isSound =
            total == parts.map(fen).reduce(0, +)
            && total == fund + fen("psn_part_amt") + fen("hosp_part_amt")
            && paid == fen("psn_part_amt")
    }
}
