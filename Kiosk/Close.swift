import Collecting
import Journaling
import Vocabulary

// Closing the day: what the journal says the drawer holds, against what was counted.
extension Desk {
    /// The day's till from its entries; voids have taken their money out again.
    func till(on day: Day) throws -> (till: Till, visits: Int, receipts: Int, closed: DayClose?) {
        var till = Till()
        var (visits, receipts) = (0, 0)
        var closed: DayClose?
        for entry in try journal.read({ try $0.entries(on: day) }) {
            switch entry.fact {
            case .visit(let visit):
                visits += 1
                till.add(tenders(visit.tenders))
            case .visitVoid(let void):
                visits -= 1
                till.add(tenders(void.tenders))
            case .contribution(let receipt):
                receipts += 1
                till.add(tenders(receipt.tenders))
            case .contributionVoid(let void):
                receipts -= 1
                till.add(tenders(void.tenders))
            case .dayClose(let close): closed = close
            default: break
            }
        }
        return (till, visits, receipts, closed)
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
