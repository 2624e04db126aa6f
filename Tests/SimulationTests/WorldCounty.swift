import Cataloguing
import Foundation
import Hosting
import Identifying
import Journaling
import Merging
import Pricing
import Publishing
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

// What the county office does.
extension World {
    func dawn() async throws {
        let next = Instant(startOf: now.day.adding(days: 1))
        time.set(next.adding(seconds: 3 * 3_600))
        // As the office's own night does it: differences first, then what goes out.
        let office = try servers[0].running
        try await office.bookAdjustments()
        try await office.allot()
        try await office.publishDaily()
        try await tellWorst()
        time.set(next.adding(seconds: 8 * 3_600))
    }

    func changePolicy(_ change: Int, _ daysBack: Int) async throws {
        let from = now.day.adding(days: 1 - daysBack)
        var draft = Draft(note: "simulated")
        switch change % 3 {
        case _ where template.divided != nil: draft.parameters = [generous(change, from)]
        case 0:
            draft.prices = [
                Draft.PriceChange(
                    code: Template.item, price: Money(fen: 300 + 50 * (daysBack % 4)),
                    limit: Money(fen: 300 + 50 * (daysBack % 4)), from: from)
            ]
        case 1:
            draft.parameters = [
                Draft.ParameterChange(
                    path: "390/outpatient/rate", value: daysBack % 2 == 0 ? "0.60" : "0.55",
                    from: from, source: "测试文件 1 号")
            ]
        default:
            draft.parameters = [
                Draft.ParameterChange(
                    path: "390/outpatient/limit_year", value: "1500.00", from: from,
                    source: "测试文件 2 号")
            ]
        }
        let office = try servers[0].running
        let (first, second) = (Template.clerks[0], Template.clerks[1])
        _ = try await office.publish(draft, by: first.0, pin: first.1)
        _ = try await office.release(by: second.0, pin: second.1)
        try await tellWorst()
    }

    /// Where limits are divided, the policy only ever gives more, so that nothing is paid too much
    /// for any other reason than the one that is looked for.
    private func generous(_ change: Int, _ from: Day) -> Draft.ParameterChange {
        let isRate = change % 2 == 0
        if isRate {
            auditor.rates.insert(90)
        } else {
            auditor.limit = template.limit + 5_000
        }
        return Draft.ParameterChange(
            path: "390/outpatient/" + (isRate ? "rate" : "limit_year"),
            value: isRate ? "0.90" : "\(Money(fen: template.limit + 5_000))", from: from,
            source: "测试文件 3 号")
    }

    /// What the page of the policy says a way of dividing may cost.
    func tellWorst() async throws {
        guard template.divided?.isDivided == true else { return }
        let office = try servers[0].running
        let rules = await office.policy.rules
        auditor.tell(
            Auditor.Worst(
                try office.store.read { try WorstCases(rules, on: now.day, $0).sentences }))
    }

    /// Somebody lives elsewhere from now on; the office hears of it first.
    func move(_ person: Int, to clinic: Int) throws {
        let number = template.members[person % template.members.count].number
        for server in servers {
            try server.running.store.write { session in
                guard var member = try session.member(number) else { return }
                member.home.village = Template.village(clinic % history.clinics)
                try session.put([member])
            }
        }
    }

    func closeMonth() async throws {
        let clerk = Template.clerks[0]
        let month = Month(of: now.day).adding(-1)
        _ = try await servers[0].running.close(month, by: clerk.0, pin: clerk.1)
    }

    /// Two clerks say which branches count.
    func decideForks(_ pattern: Int) async throws {
        auditor.hasDecided = true
        let office = try servers[0].running
        for journal in try office.store.read({ try $0.journals() }) where journal.forkedAt != nil {
            let starts = try office.store.read { try $0.branches(of: journal.kiosk).starts }
                .map(\.hash).sorted()
            let counts = starts.enumerated().filter { (pattern >> ($0.offset % 4)) & 1 == 1 }
                .map(\.element)
            let decision = BranchDecision(
                kiosk: journal.kiosk, counts: counts,
                leaves: starts.filter { !counts.contains($0) }, reason: "simulated")
            let proposal = try await office.propose(decision, by: Template.clerks[0].0)
            // Now and then nobody confirms.
            guard pattern % 5 != 4 else { continue }
            _ = try await office.confirm(proposal.header.sequence, by: Template.clerks[1].0)
        }
    }

    func backup() async throws {
        let path = folder("backup")
        try await servers[0].running.backup(to: path)
        servers[0].backups.append(path)
    }

    /// Puts a backup back, beside what is left of the office or on a machine with nothing on it: then
    /// what the office wrote since is gone for ever.
    func restore(_ back: Int, onEmpty: Bool) async throws {
        let server = servers[0]
        guard !server.backups.isEmpty else { return }
        let file = server.backups[max(0, server.backups.count - 1 - back)]
        await server.stop()
        // A second server would hold what was lost; no county has one that does.
        let isLost = onEmpty && servers.count == 1
        if isLost { try FileManager.default.removeItem(atPath: server.folder) }
        // One from before an older one was put back, and so refused: the office goes on as it is.
        do {
            try restoreOffice(from: file, into: server.folder, at: time.clock.now())
        } catch OfficeFault.anotherJournal {
            return try server.start(time.clock, randomness)
        }
        try server.start(time.clock, randomness)
        server.chain.hashes = try server.running.journal.read {
            try $0.entries(after: 0, limit: .max).map(\.hash.bytes)
        }
        server.isSetBack = true
        auditor.setBack(server)
        try await server.running.takeOwnEntries()
    }

    func rebuildCounty() async throws {
        for server in servers {
            let answer = try await server.running.rebuild()
            if !answer.unchanged { auditor.report("rebuild", "server \(server.number) changed") }
        }
    }

    /// The servers hand each other parcels until both have everything.
    func exchange() async throws {
        guard servers.count > 1 else { return }
        for _ in 0..<2 {
            for (from, to) in [(servers[0], servers[1]), (servers[1], servers[0])] {
                try introduce(from, to)
                for parcel in try parcels(of: try from.running) {
                    // Refused is what contests itself; it is kept all the same.
                    if let answer = try? await to.running.receive(try parcel.packed()) {
                        auditor.promised(answer, by: to)
                    }
                }
            }
        }
        try await sharePolicy()
    }

    /// The registry is the same on both; what they hold of each journal is not.
    private func introduce(_ from: CountyServer, _ to: CountyServer) throws {
        let known = try from.running.store.read { try $0.journals() }
        try to.running.store.write { session in
            for var journal in known where try session.journal(journal.kiosk) == nil {
                (journal.through, journal.head, journal.forkedAt) = (0, .zero, nil)
                try session.put(journal)
            }
        }
    }

    /// Everything a server holds as parcels under the signatures it holds.
    private func parcels(of office: Office) throws -> [Parcel] {
        try office.store.read { session in
            try session.journals().flatMap { journal -> [Parcel] in
                let branches = try session.branches(of: journal.kiosk)
                let held = Held(
                    try session.entries(of: journal.kiosk, behind: 0), branches.beyond)
                return try session.checkpoints(of: journal.kiosk).compactMap(held.parcel)
            }
        }
    }

    /// Both servers price with the newest policy. The second one, as a kiosk would, gives a county
    /// that was set back what that has forgotten.
    private func sharePolicy() async throws {
        let (first, second) = (try servers[0].running, try servers[1].running)
        func newest(_ office: Office) throws -> (version: Int, statement: [UInt8])? {
            try office.store.read { try $0.released(.policy) }
        }
        let (told, held) = (try newest(first), try newest(second))
        if let told, told.version > held?.version ?? 0 {
            let sections = try sections(of: told.statement, at: first)
            try second.store.write { session in
                for (digest, packed) in sections {
                    try session.put(section: packed, digest: digest)
                }
            }
            try await second.putInForce(told.statement, from: Day(number: 0))
        } else if let held, held.version > told?.version ?? 0 {
            _ = try await first.takeBack(held.statement)
            for (_, packed) in try sections(of: held.statement, at: second)
            where try newest(first)?.version != held.version {
                _ = try await first.takeBack(packed)
            }
        }
    }

    private func sections(
        of statement: [UInt8], at office: Office
    ) throws -> [(digest: Fingerprint, packed: [UInt8])] {
        let manifest = try Office.manifest(of: statement, .policy)
        return try office.store.read { session in
            try manifest.sections.compactMap { section in
                try session.section(section.digest).map { (section.digest, $0) }
            }
        }
    }
}

/// A journal as a server holds it, all branches by hash.
private struct Held {
    private var entries: [Fingerprint: Placed] = [:]
    private var previous: [Fingerprint: Fingerprint] = [:]

    init(_ placed: [Placed], _ beyond: [Link]) {
        for one in placed { entries[one.entry.hash] = one }
        for link in beyond { previous[link.hash] = link.previous }
        let trunk = placed.filter { previous[$0.entry.hash] == nil }
            .sorted { $0.sequence < $1.sequence }
        var hash = Fingerprint.zero
        for one in trunk {
            previous[one.entry.hash] = hash
            hash = one.entry.hash
        }
    }

    /// What a signature covers, as far back as it is held.
    func parcel(_ checkpoint: Checkpoint) -> Parcel? {
        var chain: [Entry] = []
        var hash = checkpoint.head
        while let one = entries[hash], let before = previous[hash] {
            chain.append(one.entry)
            hash = before
        }
        guard !chain.isEmpty, chain.count <= Parcel.mostEntries else { return nil }
        return Parcel(
            kiosk: checkpoint.kiosk, previous: hash, entries: chain.reversed(),
            checkpoint: checkpoint)
    }
}
