import Collecting
import Foundation
import Hosting
import Identifying
import Journaling
import Pricing
import Syncing
import Vocabulary

/// Everything a desk does, by name, for the command line: the same work the screens ask for.
struct DeskErrands: Sendable {
    let desk: Desk

    var table: [String: Errand] {
        let desk = desk
        return [
            "identify": errand(IdentifyInput.self) {
                PatientAtBorder(try await desk.identify($0.scan), desk.today)
            },
            "visit": errand(VisitInput.self) { try await desk.visit($0) },
            "void": errand(VoidInput.self) { try await desk.void($0) },
            "household": errand(HouseholdInput.self) { try await desk.look($0) },
            "collect": errand(CollectInput.self) { try await desk.collect($0) },
            "close": errand(CloseInput.self) { try await desk.close($0) },
            "status": errand(NoInput.self) { _ in try await desk.status() },
            "sync": errand(NoInput.self) { _ in try await desk.night(desk.live) },
            "export": errand(FolderInput.self) { try await desk.export(to: $0.folder) },
            "import": errand(FolderInput.self) { try await desk.importStick($0.folder) },
            "verify": errand(NoInput.self) { _ in try await desk.verification() },
            "doctor": errand(DoctorInput.self) { try await desk.checkup(printer: $0.printer) },
            "rekey": errand(RekeyInput.self) { try await desk.rekey(to: $0.out) },
            "rebuild": errand(NoInput.self) { _ in
                ["unchanged": try desk.journal.rebuild()]
            },
        ]
    }
}

extension Desk {
    /// The county server named when the desk was provisioned.
    nonisolated var live: Carrier {
        .https(link)
    }

    nonisolated var link: CountyLink {
        CountyLink(
            provision, key: key, transit: transit, progress: progress,
            certificate: { self.certificate })
    }

    func verification() throws -> VerificationReport {
        let found = try journal.verify(publicKey: key.publicKey)
        return VerificationReport(
            kiosk: journal.kiosk, entries: found.head.sequence, head: found.head.hash,
            checkpoints: found.checkpoints, acknowledgedThrough: found.acknowledgedThrough,
            faults: found.faults + (try acknowledgementFaults()))
    }

    /// Every acknowledgement kept is signed by this county, for this journal, over its own heads.
    private func acknowledgementFaults() throws -> [String] {
        try journal.read { reader in
            try reader.acknowledgements().enumerated().compactMap { index, statement in
                let name = "acknowledgement \(index + 1)"
                guard
                    let word = try? Acknowledgement(
                        bytes: statement, for: journal.kiosk, trust: provision.trust)
                else { return "\(name): not signed by the county for this journal" }
                let hash = try reader.hash(at: word.through)
                return hash == word.head ? nil : "\(name): head differs at \(word.through)"
            }
        }
    }

    func visit(_ input: VisitInput) throws -> EntryAnswer {
        let session = try signIn(input.operator, pin: input.pin)
        if let known = try settled(input) { return EntryAnswer(known) }
        let order = try input.order(try identify(input.scan), self)
        let entry = try settle(order, paying: .all(input.tender ?? .cash), by: session)
        return EntryAnswer(entry)
    }

    /// What the first try settled; the person may no longer be found at the second.
    private func settled(_ input: VisitInput) throws -> Entry? {
        guard let known = try journal.read({ try $0.entry(identity: input.id) }),
            case .visit(let visit) = known.fact
        else { return nil }
        if let found = try? identify(input.scan), found.member.number != visit.person {
            throw Refusal.identityTaken(input.id)
        }
        guard input.asks(for: visit) else {
            throw Refusal.saidDifferently(known.header.sequence)
        }
        return known
    }

    func void(_ input: VoidInput) throws -> EntryAnswer {
        let session = try signIn(input.operator, pin: input.pin)
        return EntryAnswer(try void(input.entry, reason: input.reason, by: session))
    }

    func look(_ input: HouseholdInput) throws -> [HouseholdAtBorder] {
        let year = try input.year ?? collectionYear()
        return try households(matching: input.find).map { number in
            HouseholdAtBorder(try household(number, year: year))
        }
    }

    func collect(_ input: CollectInput) throws -> EntryAnswer {
        let session = try signIn(input.operator, pin: input.pin)
        let year = try input.year ?? collectionYear()
        let entry = try collect(
            try input.people ?? payers(input, year), of: input.household, year: year,
            id: input.id, paying: .all(input.tender ?? .cash), by: session)
        return EntryAnswer(entry)
    }

    /// Everybody who owes, or who owed when the first try collected it.
    private func payers(_ input: CollectInput, _ year: Int) throws -> [PersonNumber] {
        if let known = try journal.read({ try $0.entry(identity: input.id) }),
            case .contribution(let receipt) = known.fact
        {
            return receipt.lines.map(\.person)
        }
        return try household(input.household, year: year).dues.map(\.person)
    }

    func close(_ input: CloseInput) throws -> EntryAnswer {
        let session = try signIn(input.operator, pin: input.pin)
        let pieces = Dictionary(
            uniqueKeysWithValues: input.pieces.map { ($0.key.money.fen, $0.value) })
        let entry = try close(
            pieces, sentence: input.sentence ?? "", id: input.id,
            by: session)
        return EntryAnswer(entry)
    }
}
