import Collecting
import Journaling
import Settling
import Vocabulary

/// What one business day brought at this desk, and how it was paid.
struct DeskDay {
    var till = Till()
    var visits = 0
    var receipts = 0
    /// The newest closing of the day.
    var closed: DayClose?
    /// What relatives' accounts paid; no money in the drawer.
    var family = Money.zero
    /// What the county's repricing paid towards own parts; negative where it was asked for with them.
    var owed = Money.zero

    fileprivate mutating func add(_ paid: [String: Money]) {
        till.add(tenders(paid))
        family += paid[Settlement.familyWord] ?? .zero
        owed += paid[Settlement.owedWord] ?? .zero
    }
}

// Closing the day: what the journal says the drawer holds, against what was counted.
extension Desk {
    /// The day from its entries; voids have taken their money out again.
    func till(on day: Day) throws -> DeskDay {
        var found = DeskDay()
        for entry in try journal.read({ try $0.entries(on: day) }) {
            switch entry.fact {
            case .visit(let visit):
                found.visits += 1
                found.add(visit.tenders)
            case .visitVoid(let void):
                found.visits -= 1
                found.add(void.tenders)
            case .contribution(let receipt):
                found.receipts += 1
                found.add(receipt.tenders)
            case .contributionVoid(let void):
                found.receipts -= 1
                found.add(void.tenders)
            case .dayClose(let close): found.closed = close
            default: break
            }
        }
        return found
    }

    /// Closes today against counted cash.
    ///
    /// - Parameter pieces: notes and coins by denomination in fen.
    func close(_ pieces: [Int: Int], sentence: String, id: String, by session: Session) throws
        -> Entry
    {
        if let known = try journal.read({ try $0.entry(identity: id) }) {
            try Desk.signClose(in: journal, at: clock.now(), key: key)
            return known
        }
        let till = try till(on: today).till
        let (counted, difference) = try till.close(counts: pieces, sentence: sentence)
        let close = DayClose(
            identity: id, expected: till.expected, counted: counted, pieces: pieces,
            difference: difference, sentence: sentence)
        let entry = try journal.append(.dayClose(close), stamp(session))
        try Desk.signClose(in: journal, at: clock.now(), key: key)
        return entry
    }

    /// Signs a closed day, unless that was done: a power cut may have come between the two.
    static func signClose(in journal: Journal, at now: Instant, key: DeviceKey) throws {
        let (close, signed) = try journal.read {
            (try $0.latest(["dayClose"], limit: 1).first?.header.sequence, try $0.signedThrough())
        }
        guard let close, close > signed else { return }
        _ = try journal.checkpoint(at: now, key: key)
    }
}
