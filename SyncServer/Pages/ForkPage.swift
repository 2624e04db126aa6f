import Journaling
import Merging
import Syncing
import Vocabulary

/// A journal that says two things: every branch beside the others, and what a person may decide.
struct ForkPage: Sendable {
    let t = Texts.page
    let frame: Frame
    let heading: String
    let lead: String
    let back: [Cell]
    let fault: [String]
    let action: String
    let branches: [Branch]
    let mayPropose: Bool
    let mayConfirm: Bool
    let waiting: [String]
    /// Number of the proposal that waits for a second person.
    let proposal: String

    struct Branch: Sendable {
        let name: String
        let field: String
        let sentence: String
        let standing: String
        let table: Table
    }
}

extension Site {
    func fork(_ ask: Ask) async throws -> Answer { try forkAnswer(ask) }

    private func forkAnswer(_ ask: Ask, fault: [String] = []) throws -> Answer {
        let kiosk = try ask.part("kiosk", KioskID.init(rawValue:))
        return try office.store.read { session in
            let places = try Places(session)
            guard let journal = places.journal(kiosk), let first = journal.forkedAt else {
                throw PageFault.notFound
            }
            let waiting = try session.waitingDecision(on: kiosk)
            return .page(
                "fork",
                ForkPage(
                    frame: frame(ask), heading: Texts.forkHeading(places.name(kiosk)),
                    lead: Texts.forkLead(first, contact(journal), places.phone(kiosk)),
                    back: [Cell(places.name(kiosk), to: "/kiosks/\(kiosk)")], fault: fault,
                    action: "/kiosks/\(kiosk)/fork",
                    branches: try branchViews(of: kiosk, waiting, session, places),
                    mayPropose: ask.mayPublish,
                    mayConfirm: ask.mayPublish && waiting.map { $0.by != ask.person.id } == true,
                    waiting: waiting.map { [Texts.decisionWaits(places.person($0.by))] } ?? [],
                    proposal: waiting.map { String($0.sequence) } ?? ""))
        }
    }

    private func branchViews(
        of kiosk: KioskID, _ waiting: StoredDecision?, _ session: any LedgerSession,
        _ places: Places
    ) throws -> [ForkPage.Branch] {
        let branches = try session.branches(of: kiosk)
        let standings = try session.beyond(kiosk)
        let entries = try session.entries(of: kiosk, behind: branches.through)
        let runs = branches.runs()
        return try branches.starts.enumerated().map { place, start in
            let own = entries.filter { runs[$0.entry.hash] == start.hash }
            let proposed = waiting.flatMap { decision in
                decision.counts.contains(start.hash)
                    ? Texts.proposedToCount
                    : decision.leaves.contains(start.hash) ? Texts.proposedToLeave : nil
            }
            return ForkPage.Branch(
                name: Texts.branchName(place), field: "branch-\(start.hash)",
                sentence: Texts.branch(own.count, own.map(\.dayRow).total()),
                standing: Texts.standing(standings[start.hash] ?? .held)
                    + (proposed.map { Texts.listComma + $0 } ?? ""),
                table: try entryTable(Array(own.prefix(500)), session, places, linked: false))
        }
    }

    /// A clerk proposes which branches count, or confirms what another proposed.
    func decideFork(_ ask: Ask) async throws -> Answer {
        let kiosk = try ask.part("kiosk", KioskID.init(rawValue:))
        let (id, pin, form) = (ask.person.id, ask.form["pin"], ask.form)
        let starts = try office.store.read { try $0.branches(of: kiosk).starts.map(\.hash) }
        do {
            try await door.withAttempt(of: id) {
                try await office.checkPIN(of: id, pin)
                if let number = Int(form["proposal"]), form["step"] == "confirm" {
                    _ = try await office.confirm(number, by: id)
                    return
                }
                let decision = BranchDecision(
                    kiosk: kiosk,
                    counts: starts.filter { form["branch-\($0)"] == "counts" },
                    leaves: starts.filter { form["branch-\($0)"] == "leaves" },
                    reason: form["reason"])
                _ = try await office.propose(decision, by: id)
            }
            return .see("/kiosks/\(kiosk)/fork")
        } catch let fault where Site.isTypingFault(fault) {
            return try forkAnswer(ask, fault: [Site.sentence(fault)])
        }
    }
}

extension LedgerSession {
    /// The latest proposal about a journal that nobody has confirmed.
    func waitingDecision(on kiosk: KioskID) throws -> StoredDecision? {
        let all = try storedDecisions(on: kiosk)
        let confirmed = Set(all.compactMap(\.confirms))
        guard let last = all.last(where: { $0.confirms == nil }),
            !confirmed.contains(last.sequence)
        else { return nil }
        return last
    }
}
