import Allotting
import Hosting
import Identifying
import Journaling
import Merging
import Pricing
import Rules
import Syncing
import Vocabulary

// A visit away from home draws rights from the county's reserve.
extension Office {
    /// Gives what is asked for as far as the reserve goes, and signs for it.
    ///
    /// The request's own name is that of the entry, so asking again gives the same and takes nothing.
    func draw(_ bytes: [UInt8], from kiosk: KioskID) throws -> [UInt8] {
        let request = try CompactJSON.decode(DrawRequest.self, from: bytes)
        try admit(request, from: kiosk)
        let now = clock.now()
        let answer = DrawAnswer(
            county: trust.county, at: now,
            allotment: try drawn(by: request) ?? give(request, at: now))
        return try SignedDocument(role: .rights, answer, key: service).bytes
    }

    private func admit(_ request: DrawRequest, from kiosk: KioskID) throws {
        guard let journal = try store.read({ try $0.journal(kiosk) }), request.kiosk == kiosk else {
            throw OfficeFault.unknownDevice(request.kiosk)
        }
        guard !journal.revoked else { throw OfficeFault.revoked(kiosk) }
        guard journal.forkedAt == nil else {
            throw RoundFault.forked(kiosk, at: journal.forkedAt ?? 0)
        }
        guard request.isSigned(by: unhex(journal.publicKey) ?? []) else {
            throw OfficeFault.unsigned(kiosk)
        }
    }

    /// What was given for this request before.
    private func drawn(by request: DrawRequest) throws -> Allotment? {
        let known = try journal.read { try $0.entry(identity: request.identity) }
        guard let known else { return nil }
        guard case .allotment(let allotment) = known.fact, allotment.holder == request.kiosk else {
            throw OfficeFault.notAllowed("draw \(request.identity)")
        }
        // A power cut may have come between the journal and the ledger.
        try takeOwnEntries()
        return allotment
    }

    private func give(_ request: DrawRequest, at now: Instant) throws -> Allotment {
        // What is stored and not folded yet has spent of the limits too.
        try foldBacklog()
        let night = AllotmentNight(self)
        let year = try night.year(request.day.year)
        let rows = try knowsRights() ? year.map { try self.rows(request, $0, night) } ?? [] : []
        let allotment = Allotment(
            identity: request.identity, holder: request.kiosk, year: request.day.year,
            expires: year.map { $0.expiry(after: $0.terms.drawnDays) } ?? now, rows: rows)
        guard !rows.isEmpty else { return allotment }
        try journal.append(
            .allotment(allotment), Journal.Stamp(at: now, day: now.day, by: "", session: ""))
        try takeOwnEntries()
        return allotment
    }

    private func rows(_ request: DrawRequest, _ year: AllotmentNight.Year, _ night: AllotmentNight)
        throws -> [Allotment.Row]
    {
        try store.read { session in
            guard let member = try session.member(request.person) else {
                throw OfficeFault.unknownPerson(request.person.rawValue)
            }
            let own = try night.divisions(of: member, year, session)
            var seen: Set<DrawRequest.Wanted> = []
            return try request.wanted.compactMap { wanted in
                // A limit asked for twice in one request would be given twice.
                guard seen.insert(DrawRequest.Wanted(asking: wanted)).inserted else { return nil }
                let division =
                    if let owner = wanted.owner {
                        try night.account(of: owner, payingFor: member, year, wanted, session)
                    } else { own[wanted.limit] }
                let amount = division?.grant(wanted.amount.fen) ?? 0
                guard amount > 0 else { return nil }
                return Allotment.Row(
                    owner: wanted.owner ?? member.number, limit: wanted.limit, amount: amount)
            }
        }
    }
}

extension DrawRequest.Wanted {
    /// What is asked for, whatever the amount.
    fileprivate init(asking wanted: DrawRequest.Wanted) {
        self.init(limit: wanted.limit, amount: 0, owner: wanted.owner)
    }
}

extension AllotmentNight {
    fileprivate func divisions(
        of member: Member, _ year: Year, _ session: any LedgerSession
    ) throws -> [Counter: Division] {
        try divisions(
            member, year, try session.personYear(member.number, year.year),
            drawn: try session.accountDrawings(township: member.home.township)[member.number],
            session)
    }

    /// How a relative's account stands divided, less what it keeps for its owner.
    ///
    /// - Throws: ``OfficeFault/accountNotShared(_:)`` unless the county's roll lets this person pay
    ///   from it.
    fileprivate func account(
        of owner: PersonNumber, payingFor member: Member, _ year: Year,
        _ wanted: DrawRequest.Wanted, _ session: any LedgerSession
    ) throws -> Division? {
        guard wanted.limit == .ownAccount, member.familyAccounts?.contains(owner) == true,
            let relative = try session.member(owner), relative.scheme == .employee,
            relative.coverage.died == nil
        else { throw OfficeFault.accountNotShared(owner) }
        let kept =
            try rules.folder(member.scheme.rawValue + "/account")
            .money("family_keeps", on: now.day)?.value ?? .zero
        return try divisions(of: relative, year, session)[.ownAccount].map { $0.keeping(kept.fen) }
    }
}
