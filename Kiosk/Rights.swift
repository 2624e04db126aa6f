import Allotting
import Identifying
import Journaling
import Pricing
import Rules
import Settling
import Syncing
import Vocabulary

// Rights to yearly limits: what this kiosk may spend of them, drawing more, and giving them back.
extension Desk {
    /// What may be spent here today of a person's limits; `nil` where nothing is divided.
    func holdings(of person: PersonNumber) throws -> Holdings? {
        let terms = try AllotmentTerms(by: policy.rules, on: today)
        guard terms.isDivided else { return nil }
        let (own, written) = try journal.read { reader in
            let last = try reader.entry(try reader.head().sequence)?.header.at
            return (try reader.entries(about: person), last)
        }
        var rights = try published(person)
        var closed: [Closing] = []
        for entry in own {
            switch entry.fact {
            case .rightsTaken(let taken): rights += taken.rights
            case .rightsClosed(let closing):
                closed += closing.closings(at: entry.header.sequence)
            default: break
            }
        }
        let visits = standingVisits(own)
        let reading = timekeeper?.reading
        return Holdings(
            of: journal.kiosk, rights.filter { $0.owner == person },
            spent: visits.flatMap { $0.visit.spendings(of: journal.kiosk, at: $0.sequence) },
            closed: closed, limits: terms.limits, floors: floors(visits, terms, of: person),
            on: today,
            latest: Clocks.latest(
                reading?.now ?? clock.now(), bound: reading?.bound, written: written))
    }

    /// Rights of a person that the county's last word lists for this kiosk.
    private func published(_ person: PersonNumber) throws -> [Right] {
        let bytes = try shelf.section(SectionName.allotments(journal.kiosk)) ?? []
        let name = Array("\"\(person)\"".utf8)
        return try bytes.split(separator: 0x0A).filter { $0.contains(name) }.map { line in
            try CompactJSON.decode(RightRow.self, from: line).right(of: journal.kiosk)
        }
    }

    private func standingVisits(_ own: [Entry]) -> [(visit: Visit, sequence: Int, day: Day)] {
        let voided = Set(
            own.compactMap { entry in
                if case .visitVoid(let void) = entry.fact { void.voids } else { nil }
            })
        return own.compactMap { entry in
            guard case .visit(let visit) = entry.fact, !voided.contains(entry.header.sequence)
            else { return nil }
            return (visit, entry.header.sequence, entry.header.day)
        }
    }

    /// What this kiosk may still pay without a right this year.
    private func floors(
        _ visits: [(visit: Visit, sequence: Int, day: Day)], _ terms: AllotmentTerms,
        of person: PersonNumber
    ) -> [Counter: Int] {
        let year = today.year
        let paid = visits.filter { $0.day.year == year && $0.visit.person == person }
        return Dictionary(
            terms.floors.map { limit, floor in
                (limit, floor - paid.reduce(0) { $0 + ($1.visit.rights?.floor(limit) ?? 0) })
            }
        ) { first, _ in first }
    }

    /// What a settled visit takes of which right, relatives' accounts included.
    func taking(_ proposal: Proposal, _ settlement: Settlement) throws -> VisitRights? {
        guard let holdings = proposal.patient.holdings else { return nil }
        var use = proposal.quote.use.counters
        use[.ownAccount] = settlement.tenders[.account]?.fen
        guard var taking = holdings.take(use) else { throw Refusal.changedMeanwhile }
        for payment in settlement.family {
            let account = proposal.family.first { $0.owner == payment.owner }
            guard let taken = account?.holdings?.take([.ownAccount: payment.amount.fen])
            else { throw Refusal.changedMeanwhile }
            taking.add(ofRelative: taken)
        }
        return VisitRights(taking, of: proposal.patient.member.number)
    }
}

// Drawing: the county is asked while the patient waits.
extension Desk {
    /// Asks the county for the rights that an order lacks and journals what it gave; asking again
    /// after a broken line draws nothing twice.
    ///
    /// - Returns: whether anything was given.
    func draw(for order: Order, by session: Session, over carrier: Carrier) async throws -> Bool {
        try requireTime()
        let patient = try patient(order)
        guard let holdings = patient.holdings else { return false }
        let lacking = try lacking(order, patient, holdings)
        guard !lacking.isEmpty else { return false }
        let request = try DrawRequest(
            order: order.id, kiosk: journal.kiosk, person: order.person, day: today,
            lacking: lacking, key: key)
        let bytes = try await carrier.draw(try CompactJSON.encode(request))
        let answer = try DrawAnswer(bytes: bytes, to: request, trust: trust)
        guard !answer.allotment.rows.isEmpty else { return false }
        try journal.append(.rightsTaken(answer.allotment), stamp(session))
        return true
    }

    /// What the order would take with rights enough, less those held.
    private func lacking(_ order: Order, _ patient: Patient, _ holdings: Holdings) throws
        -> [DrawRequest.Lack]
    {
        let bill = order.bill(for: patient.member, on: today, level: assignment.level)
        let free = try price(
            bill, by: policy.rules, catalogue: policy.catalogue, given: patient.standing,
            explained: false)
        let family = Array(patient.family.prefix(free.paying.familyAccounts ?? .max))
        let accounts = free.byAccounts(own: patient.account, family) { $0.drawable(keeping: $1) }
        var use = free.use.counters
        use[.ownAccount] = accounts.own.fen
        let own = holdings.limits.compactMap {
            DrawRequest.Lack(of: $0, use: use[$0] ?? 0, held: holdings.rights(to: $0))
        }
        guard holdings.limits.contains(.ownAccount) else { return own }
        return own
            + accounts.family.compactMap { payment in
                let account = family.first { $0.owner == payment.owner }
                return DrawRequest.Lack(
                    of: .ownAccount, use: payment.amount.fen,
                    held: account?.holdings?.rights(to: .ownAccount) ?? 0, owner: payment.owner)
            }
    }

    /// Gives back what the county asks for: from here on nothing of it is spent. Where the time is in
    /// doubt that waits for another night, as a visit would.
    func releaseRecalled() throws {
        do { try requireTime() } catch Refusal.timeUnsure { return }
        let name = SectionName.allotments(journal.kiosk)
        guard let bytes = try shelf.section(name) else { return }
        let recalled = try Lines.decode(RightRow.self, from: bytes).filter { $0.recalled == true }
        let years = Dictionary(grouping: recalled, by: \.year)
        for (year, rows) in years.sorted(by: { $0.key < $1.key }) {
            let open = try rows.filter { row in
                try !journal.read { try $0.entries(about: row.owner) }.contains { entry in
                    guard case .rightsClosed(let closed) = entry.fact else { return false }
                    return closed.rows.contains { $0.right == row.right }
                }
            }
            guard !open.isEmpty else { continue }
            let now = clock.now()
            let fact = RightsClosed(
                identity: randomness.identity(), holder: journal.kiosk, year: year, through: nil,
                rows: open.prefix(Allotment.mostRows).map {
                    RightsClosed.Row(owner: $0.owner, right: $0.right)
                })
            try journal.append(
                .rightsClosed(fact), Journal.Stamp(at: now, day: now.day, by: "", session: ""))
        }
    }
}
