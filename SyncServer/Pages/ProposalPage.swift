import Merging
import Publishing
import Syncing
import Vocabulary

/// Exactly what a second person is asked to stand for.
struct ProposalPage: Sendable {
    let t = Texts.page
    let frame: Frame
    let heading = Texts.page["proposal"] ?? ""
    let back = [Cell(Texts.page["policy"] ?? "", to: "/policy")]
    let fault: [String]
    let waiting: Bool
    let lead: String
    let note: String
    let effect: String
    let worst: [String]
    let changes: [PolicyChange]
    /// The viewer may be the second person.
    let mayRelease: Bool
    let mayWithdraw: Bool
    let whyNot: String
    let fingerprint: String
}

extension Site {
    func proposal(_ ask: Ask) async throws -> Answer { try await proposalAnswer(ask) }

    private func proposalAnswer(_ ask: Ask, fault: [String] = []) async throws -> Answer {
        let before = try await shelf.content(office)?.content
        return try office.store.read { session in
            guard let proposal = try session.proposal() else {
                return .page("proposal", ProposalPage(nothing: frame(ask)))
            }
            let statement = Array(proposal.statement.utf8)
            let after = try Office.content(of: statement, session)
            let changes = try PolicyDifference(before: before, after: after).changes()
            let document = try SignedDocument(role: .policy, bytes: statement)
            return .page(
                "proposal",
                ProposalPage(
                    frame: frame(ask), fault: fault, waiting: true,
                    lead: Texts.proposalLead(
                        proposal.version, try Places(session).person(proposal.by), proposal.at),
                    note: proposal.note, effect: try effect(proposal.firstDay, session),
                    worst: try worstCases(before, after, session),
                    changes: changes,
                    mayRelease: ask.mayPublish && proposal.by != ask.person.id,
                    mayWithdraw: ask.mayPublish,
                    whyNot: Texts.whyNoRelease(ask.mayPublish, proposal.by == ask.person.id),
                    fingerprint: document.fingerprint.description))
        }
    }

    private func effect(_ firstDay: Day?, _ session: any LedgerSession) throws -> String {
        guard let firstDay else { return Texts.page["firstPolicy"] ?? "" }
        guard firstDay <= office.today else { return Texts.fromDay(firstDay) }
        let rows = try session.days(from: firstDay, to: office.today)
        return Texts.pricedAgain(firstDay, rows.total().visits)
    }

    func release(_ ask: Ask) async throws -> Answer {
        try await signing(ask, then: "/policy") { id, pin in
            // What was read is what is signed: a proposal changed meanwhile is shown again.
            guard try await waitingFingerprint() == ask.form["fingerprint"] else {
                throw PageFault.unreadable(field: "fingerprint")
            }
            _ = try await office.release(by: id, pin: pin)
        }
    }

    private func waitingFingerprint() async throws -> String {
        guard let proposal = try office.store.read({ try $0.proposal() }) else {
            throw OfficeFault.nothingToRelease
        }
        return try SignedDocument(role: .policy, bytes: Array(proposal.statement.utf8))
            .fingerprint.description
    }

    func withdraw(_ ask: Ask) async throws -> Answer {
        try await signing(ask, then: "/policy") { id, pin in
            try await office.withdraw(by: id, pin: pin)
        }
    }

    private func signing(
        _ ask: Ask, then path: String,
        _ work: @escaping @Sendable (String, String) async throws -> Void
    ) async throws -> Answer {
        let (id, pin) = (ask.person.id, ask.form["pin"])
        do {
            try await door.withAttempt(of: id) { try await work(id, pin) }
            return .see(path)
        } catch let fault where Site.isTypingFault(fault) {
            return try await proposalAnswer(ask, fault: [Site.sentence(fault)])
        }
    }
}

extension ProposalPage {
    init(nothing frame: Frame) {
        self.init(
            frame: frame, fault: [], waiting: false, lead: "", note: "", effect: "", worst: [],
            changes: [],
            mayRelease: false, mayWithdraw: false, whyNot: "", fingerprint: "")
    }
}
