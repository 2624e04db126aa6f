import Collecting
import Identifying
import Journaling
import Rules
import Settling
import Syncing
import Vocabulary

/// A household at the township desk: who owes what for a year.
struct Household: Sendable {
    let number: String
    let year: Int
    let rows: [Row]

    struct Row: Sendable {
        let member: Member
        /// What is due, or why nothing is.
        let due: Result<Due, NotDue>
        /// Years the person missed, and what paying them would change.
        let gap: RepairOffer?
    }

    var dues: [Due] { rows.compactMap { try? $0.due.get() } }
}

// The collector's work: find a household, collect, hand over one receipt.
extension Desk {
    /// The year that is being collected for: next year's from the first day of the window on.
    func collectionYear() throws -> Int {
        let opening = try policy.rules.word("390/contribution/window_from", on: today)?.value ?? ""
        let opens = Day("\(today.year)-\(opening)")
        return opens.map { $0 <= today } == true ? today.year + 1 : today.year
    }

    /// Households with a member matching what was typed: identity number, name, initials, number.
    func households(matching typed: String, limit: Int = 20) throws -> [String] {
        if try !shelf.household(typed).isEmpty { return [typed] }
        do {
            return [try identify(typed).member.home.household]
        } catch IdentificationFault.ambiguous(let members) {
            var seen: Set<String> = []
            return members.map(\.home.household).filter { seen.insert($0).inserted }
        }
    }

    func household(_ number: String, year: Int) throws -> Household {
        let members = try shelf.household(number)
        guard !members.isEmpty else { throw Refusal.unknownHousehold(number) }
        let rows = try members.map { member in
            // The desk's own receipts count at once, long before the county's roll knows them.
            let known = try patient(Identified(member: member, assurance: .name)).member
            let owed = Result { () throws(NotDue) in
                try due(from: known, for: year, on: today, by: policy.rules)
            }
            return Household.Row(
                member: known, due: owed, gap: try gap(of: known, owed, joining: year))
        }
        return Household(number: number, year: year, rows: rows)
    }

    /// What the desk tells somebody who comes back after a break.
    ///
    /// Nothing where the year can neither be paid nor is, or where the county has decided itself.
    private func gap(
        of member: Member, _ due: Result<Due, NotDue>, joining year: Int
    ) throws -> RepairOffer? {
        guard member.coverage.waitingUntil.map({ $0 <= today }) ?? true else { return nil }
        switch due {
        case .success, .failure(.alreadyPaid):
            return try repairOffer(for: member, joining: year, on: today, by: policy.rules)
        case .failure: return nil
        }
    }

    /// Collects for the chosen people on one receipt of the block; the same again gives the same
    /// receipt, and other people or another year under its identity are refused.
    func collect(
        _ picks: [PersonNumber], of number: String, year: Int, id: String,
        paying tenders: Tenders, by session: Session
    ) throws -> Entry {
        try require(.townshipCollector, session)
        if let known = try journal.read({ try $0.entry(identity: id) }) {
            guard case .contribution(let receipt) = known.fact, receipt.household == number else {
                throw Refusal.identityTaken(id)
            }
            guard receipt.year == year, Set(receipt.lines.map(\.person)) == Set(picks) else {
                throw Refusal.saidDifferently(known.header.sequence)
            }
            return known
        }
        try requireTime()
        let household = try household(number, year: year)
        for row in household.rows where picks.contains(row.member.number) {
            if case .failure(let reason) = row.due { throw reason }
        }
        let dues = household.dues.filter { picks.contains($0.person) }
        let contribution = try Collecting.collect(
            dues, household: number, tenders: tenders.split(dues.sum { $0.toPay }),
            allowed: try allowedTenders("390/contribution/tenders"))
        let blocks = assignment.blocks
        return try journal.append(stamp(session)) { reader in
            let (block, receipt) = try nextReceipt(blocks, reader, box.lineage)
            try box.reserve(receipt, in: block)
            return .contribution(
                ContributionReceipt(
                    identity: id, contribution: contribution, block: block, number: receipt))
        }
    }

    /// Takes a receipt back; its number stays used.
    func voidReceipt(_ sequence: Int, reason: String, by session: Session) throws -> Entry {
        try require(.townshipCollector, session)
        guard !reason.allSatisfy(\.isWhitespace) else { throw Refusal.reasonNeeded }
        try requireTime()
        let (stamp, identity) = (stamp(session), randomness.identity())
        return try journal.append(stamp) { reader in
            guard let entry = try reader.entry(sequence),
                case .contribution(let receipt) = entry.fact
            else { throw Refusal.nothingToVoid(sequence) }
            guard try reader.voider(of: sequence) == nil else {
                throw Refusal.alreadyVoided(sequence)
            }
            guard entry.header.day == stamp.day else {
                throw Refusal.voidOnlySameDay(entry.header.day)
            }
            return .contributionVoid(
                ContributionVoid(
                    identity: identity, of: receipt, sequence: sequence, reason: reason))
        }
    }

    func allowedTenders(_ path: String) throws -> Set<Tender> {
        let words = try policy.rules.words(path, on: today)?.value ?? []
        return Set(words.compactMap(Tender.init(rawValue:)))
    }

    /// How many receipts are left in the blocks this desk holds.
    func receiptsLeft() throws -> Int {
        try journal.read { reader in
            try assignment.blocks.map { block in
                let used = try reader.lastReceipt(in: block.first...block.last)
                return block.left(after: box.lineage.lastReceipt(in: block, of: used))
            }.reduce(0, +)
        }
    }
}

/// The next number of the first block that is not used up.
private func nextReceipt(
    _ blocks: [ReceiptBlock], _ reader: JournalReader, _ lineage: Lineage
) throws -> (ReceiptBlock, Int) {
    for block in blocks {
        let used = try reader.lastReceipt(in: block.first...block.last)
        let last = lineage.lastReceipt(in: block, of: used)
        if let number = block.next(after: last) { return (block, number) }
    }
    throw Refusal.receiptsUsedUp
}
