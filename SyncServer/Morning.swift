import Cataloguing
import Collecting
import Foundation
import Hosting
import Identifying
import Journaling
import Merging
import Pricing
import Publishing
import Rules
import Syncing
import Vocabulary

// The morning: one clerk publishes a change, another releases it; at night roll and standing go out
// by themselves.
extension Office {
    /// Checks a clerk's PIN and opens their key.
    func clerk(_ id: String, pin: String) throws -> (Syncing.Operator, DeviceKey) {
        guard let person = try store.read({ try $0.operators() }).first(where: { $0.id == id })
        else { throw OfficeFault.unknownOperator(id) }
        guard person.role == .countyClerk else { throw OfficeFault.roleNotAllowed(id) }
        do { return (person, try SealedKey.open(sealedKey(of: id), pin: pin)) } catch {
            throw OfficeFault.wrongPIN
        }
    }

    /// Publishes a draft: applied, checked whole, signed by one clerk, waiting for another.
    func publish(_ draft: Draft, by id: String, pin: String) throws -> Proposal {
        _ = try clerk(id, pin: pin)
        guard let content = try Office.content(store) else { throw OfficeFault.noPolicy }
        return try propose(
            try content.applying(draft), note: draft.note, firstDay: draft.firstDay, by: id,
            pin: pin)
    }

    /// Signs a whole content; the first policy of a county starts this way.
    func propose(
        _ content: PolicyContent, note: String, firstDay: Day?, by id: String, pin: String
    ) throws -> Proposal {
        let (person, key) = try clerk(id, pin: pin)
        if let waiting = try store.read({ try $0.proposal() }), waiting.by != id {
            throw OfficeFault.anotherProposalWaits(by: waiting.by)
        }
        try content.checkedRulebook()
        let sections = try content.sections()
        let version = try store.read { try nextVersion(.policy, $0) }
        let manifest = Manifest.over(
            sections, role: .policy, county: trust.county, version: version, issued: clock.now(),
            days: 400)
        let document = try Publishing.publish(manifest, by: key, trust: trust)
        let proposal = Proposal(
            version: version, statement: String(decoding: try document.bytes, as: UTF8.self),
            by: person.id, note: note, firstDay: firstDay, at: clock.now())
        try journaling(.published, of: proposal, by: id) { intention in
            try store.write { session in
                try put(sections, session)
                try session.put(proposal)
                try intention.put(session, for: journal.kiosk)
            }
        }
        return proposal
    }

    /// The second key. From here on kiosks fetch it, and the ledger is priced by it from its first
    /// day on.
    func release(by id: String, pin: String) throws -> Int {
        let (_, key) = try clerk(id, pin: pin)
        let (found, setBack) = try store.read { (try $0.proposal(), try $0.lastBeforeSetBack()) }
        guard let proposal = found else { throw OfficeFault.nothingToRelease }
        guard proposal.version > setBack ?? 0 else { throw OfficeFault.proposalOutdated }
        let waiting = try SignedDocument(role: .policy, bytes: Array(proposal.statement.utf8))
        let released = try Publishing.release(waiting, by: key, trust: trust)
        let statement = try released.bytes
        var signed = proposal
        signed.statement = String(decoding: statement, as: UTF8.self)
        try journaling(.released, of: signed, by: id) { intention in
            // A whole new policy may touch any day.
            try putInForce(statement, from: proposal.firstDay ?? Day(number: 0), intention)
        }
        return proposal.version
    }

    /// Lets kiosks fetch a policy that enough have signed, and prices the ledger by it from its first
    /// day on.
    func putInForce(
        _ statement: [UInt8], from firstDay: Day, _ intention: Intention? = nil
    ) throws {
        let content = try store.read { try Office.content(of: statement, $0) }
        let manifest = try Office.manifest(of: statement, .policy)
        let before = (policy, policyVersion)
        policy = Policy(rules: try content.rulebook(), catalogue: content.lookup)
        policyVersion = manifest.version
        do {
            try store.write { session in
                try session.put(.policy, version: manifest.version, statement: statement)
                try session.put(nil as Proposal?)
                try intention?.put(session, for: journal.kiosk)
                try settle(manifest, session)
                let years = try session.personYears(since: firstDay).map(PersonAndYear.init)
                try fold(Set(years), session, by: policy)
                try session.forEachHinge { try fold([$0], session, by: policy) }
            }
        } catch {
            (policy, policyVersion) = before
            throw error
        }
    }

    /// Takes a waiting proposal back.
    func withdraw(by id: String, pin: String) throws {
        _ = try clerk(id, pin: pin)
        guard let proposal = try store.read({ try $0.proposal() }) else {
            throw OfficeFault.nothingToRelease
        }
        try journaling(.withdrawn, of: proposal, by: id) { intention in
            try store.write { session in
                try session.put(nil as Proposal?)
                try intention.put(session, for: journal.kiosk)
            }
        }
    }

    private func put(_ sections: [String: [UInt8]], _ session: any LedgerSession) throws {
        for bytes in sections.values {
            let digest = SyncingHash.of(bytes)
            if try session.section(digest) == nil {
                try session.put(section: compress(bytes), digest: digest)
            }
        }
    }

    /// The office's journal is one of the journals the ledger folds.
    func takeOwnEntries() throws {
        if try store.read({ try $0.journal(journal.kiosk) }) == nil {
            try store.write { session in
                try session.put(
                    StoredJournal(
                        kiosk: journal.kiosk, institution: trust.county, name: "县局",
                        publicKey: hex(service.publicKey), oneTimeCode: "", revoked: false,
                        through: 0, head: .zero, blocks: "[]"))
            }
        }
        var through = try journal.read { try $0.acknowledged().through }
        let checkpoint = try journal.checkpoint(at: clock.now(), key: service)
        repeat {
            let parcel = try nextParcel(
                of: journal, after: through, upTo: checkpoint, key: service)
            let answer = try receive(try parcel.packed())
            let acknowledgement = try Acknowledgement(
                bytes: answer, for: journal.kiosk, trust: trust)
            try accept(acknowledgement, statement: answer, in: journal)
            through = acknowledgement.through
        } while through < checkpoint.sequence
    }
}

// What goes out every night without a person: roll, standing, operators, revocations, devices.
extension Office {
    /// Builds and signs the daily bulletin from the ledger as it is.
    @discardableResult
    func publishDaily() throws -> Int {
        try foldBacklog()
        let now = clock.now()
        let coverageKey = try store.write { try Office.coverageKey($0, randomness) }
        let (version, sections) = try store.read { session in
            (
                try nextVersion(.daily, session),
                try dailySections(session, asOf: now, coverageKey: coverageKey)
            )
        }
        let manifest = Manifest.over(
            sections, role: .daily, county: trust.county, version: version, issued: now, days: 60)
        let document = try SignedDocument(role: .daily, manifest, key: service)
        try store.write { session in
            try put(sections, session)
            try session.put(.daily, version: version, statement: try document.bytes)
            try settle(manifest, session)
        }
        return version
    }

    /// Sends roll and standing out once a day, in the small hours or as soon as the server is up.
    ///
    /// A night that fails (a full disk) is told and tried again; it never ends all nights.
    func keepNights() async throws {
        while !Task.isCancelled {
            do { try await keepNight() } catch { say(Texts.sentence(for: error)) }
            try await Task.sleep(for: .seconds(60))
        }
    }

    /// In between, whoever waits for the office is served: over half a million people each step
    /// takes a minute, and a kiosk waits for two.
    private func keepNight() async throws {
        let issued = try store.read { session in
            try session.released(.daily).map {
                try Office.manifest(of: $0.statement, .daily).issued
            }
        }
        if try store.read({ try $0.memberCount() }) > 0, issued.map({ $0.day < today }) ?? true {
            try bookAdjustments()
            await Task.yield()
            try allot()
            await Task.yield()
            try publishDaily()
            if let reminder = rootReminder() { say(reminder) }
        }
    }

    private func dailySections(
        _ session: any LedgerSession, asOf now: Instant, coverageKey: String
    ) throws -> [String: [UInt8]] {
        let journals = try session.journals().filter(\.isServed)
        let through = Dictionary(
            uniqueKeysWithValues: journals.map { ($0.kiosk.rawValue, $0.through) })
        let institutions = try session.institutions()
        let places = Dictionary(
            institutions.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        var sections: [String: [UInt8]] = [
            SectionName.revocations: try Lines.encode(try session.revocations()),
            SectionName.devices: try Lines.encode(
                journals.filter { !$0.publicKey.isEmpty }.map {
                    DeviceRow(kiosk: $0.kiosk, name: $0.name, publicKey: $0.publicKey)
                }),
        ]
        let served = Set(journals.compactMap { places[$0.institution]?.township })
        var coverage: [CoverageList.Row] = []
        let contacts = try session.contacts()
        for township in served.union(try session.townships()) {
            let daily = try townshipDaily(township, contacts, session)
            coverage += coverageRows(daily.members)
            guard served.contains(township) else { continue }
            sections.merge(try daily.sections(asOf: now, through: through)) { first, _ in first }
        }
        if let key = CoverageKey(hex: coverageKey) {
            sections[SectionName.coverage] = try CoverageList.encode(coverage, asOf: now, key: key)
        }
        let operators = Dictionary(grouping: try session.operators(), by: \.institution)
        for journal in journals {
            guard let place = places[journal.institution] else { continue }
            sections[SectionName.operators(institution: place.code)] =
                try Lines.encode(operators[place.code] ?? [])
            var assignment = try assignment(journal, place)
            assignment.coverageKey = coverageKey
            sections[SectionName.desk(journal.kiosk)] = try CompactJSON.encode(assignment)
        }
        return sections.merging(try allotmentSections(session, by: policy.rules)) { a, _ in a }
    }

    /// A township's people as the roll and the ledger together know them.
    private func townshipDaily(
        _ township: String, _ contacts: [PersonNumber: ContactDetails],
        _ session: any LedgerSession
    ) throws -> TownshipDaily {
        let paid = Dictionary(grouping: try session.contributions(township: township), by: \.0)
        let drawn = try session.accountDrawings(township: township)
        let members = try session.members(township: township).map { member in
            var member = member
            for (_, payment) in paid[member.number] ?? []
            where !member.coverage.paidYears.contains(payment.year) {
                member.coverage.pay(payment.year, on: payment.on)
            }
            // A balance stated as of a day holds what was drawn until then.
            let asOf = member.accountAsOf ?? Day(number: 0)
            let left =
                member.account
                - (drawn[member.number] ?? [:]).filter { $0.key > asOf }.values.sum()
            // Every row is one that desks can read, whatever entries claim to have drawn.
            member.account = min(max(left, -.largest), .largest)
            // A year the rules do not reach back to earns nothing; the roll goes out all the same.
            let earned = try? earnedIncentive(of: member, in: today.year, by: policy.rules)
            member.incentive = earned.map(\.amount).flatMap { $0 > .zero ? $0 : nil }
            contacts[member.number].map { member.reach($0) }
            return member
        }
        return TownshipDaily(
            township: township, members: members,
            standings: try session.standings(township: township, year: today.year))
    }

    func assignment(_ journal: StoredJournal, _ place: Institution) throws -> DeskAssignment {
        var assignment = DeskAssignment(
            kiosk: journal.kiosk, institution: place.code, name: place.name,
            level: InstitutionLevel(rawValue: place.level) ?? .village, township: place.township,
            townshipName: place.townshipName, phone: place.phone,
            blocks: try CompactJSON.decode([ReceiptBlock].self, from: Array(journal.blocks.utf8)))
        assignment.agreementThrough = place.agreementThrough
        return assignment
    }
}
