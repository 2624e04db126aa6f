import Crypto
import Foundation
import Journaling
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// Knows what every device really wrote and was told, and compares.
///
/// It works from raw bytes with hashes, signatures and sums of its own; where it asks the code under
/// test it asks for what is stored, never for what to think of it.
struct Auditor {
    struct Finding: Hashable, Sendable {
        let check: String
        let text: String
    }

    var truth = Truth()
    private(set) var findings: [Finding] = []
    /// Devices of which there were two lives: a fork of theirs is none of the code's faults.
    var copied: Set<String> = []
    /// Devices that lost a part of their own memory.
    var bereft: Set<String> = []
    /// How many lives a device has led: one more for every copy that was used.
    var lives: [String: Int] = [:]
    /// Ends of journals that nobody writes on.
    var past: [Chain] = []
    /// The highest yearly limit there ever was, in fen, and every rate, in percent.
    var limit: Int
    var rates: Set<Int> = [80]
    /// What a box may pay without a right in a year for one person.
    let floor: Int
    /// What the office was told a choice of policy may cost.
    var worst: Worst?
    /// Clerks have chosen between branches.
    var hasDecided = false
    /// Journals that the county knew to be contested at the last look.
    private var contested: Set<String> = []
    private(set) var givenInDoubt: [String] = []
    /// What was promised by a server before it was set back, to be kept again in the end.
    private(set) var owed: [Int: [String: (through: Int, head: [UInt8])]] = [:]
    /// Entries handed to people since the last look.
    private var handed: [(machine: Machine, entry: Entry)] = []
    private var opened: [String: Chain] = [:]
    private let serviceKey: [UInt8]
    private(set) var isCountySetBack = false

    init(_ template: Template) {
        serviceKey = template.serviceKey
        (limit, floor) = (template.limit, template.floor)
        for device in template.devices + [template.rogue] {
            var chain = Chain(kiosk: device.provision.desk.kiosk.rawValue)
            for bytes in device.entries { truth.note(bytes, on: &chain) }
            opened[chain.kiosk] = chain
        }
    }

    /// What a device had written when the history began.
    func chain(of kiosk: String) -> Chain { opened[kiosk] ?? Chain(kiosk: kiosk) }

    mutating func report(_ check: String, _ text: String) {
        findings.append(Finding(check: check, text: text))
    }

    /// Somebody was handed this entry, so it is there for ever; pressed twice, it is the same.
    mutating func answered(_ entry: Entry, _ again: Entry, by machine: Machine) {
        if entry.bytes != again.bytes { report("pressed twice", "\(entry.header)") }
        handed.append((machine, entry))
    }

    mutating func wrote(_ bytes: [UInt8], on chain: inout Chain) {
        if chain.hashes.isEmpty { chain = opened[chain.kiosk] ?? chain }
        truth.note(bytes, on: &chain)
    }

    /// A server has signed that it holds a journal up to a head.
    mutating func promised(_ statement: [UInt8], by server: CountyServer) {
        truth.statements.insert(statement)
        guard let word = Word(statement), word.through > 0 else { return }
        let before = truth.promised[server.number]?[word.kiosk]
        guard word.through >= before?.through ?? 0 else { return }
        truth.promised[server.number, default: [:]][word.kiosk] = (word.through, word.head)
    }

    /// What goes home on a stick is the newest word of the server.
    mutating func promisedOnStick(of kiosk: KioskID, _ server: CountyServer) {
        guard let journal = try? server.running.store.read({ try $0.journal(kiosk) }),
            journal.through > 0, journal.forkedAt == nil
        else { return }
        truth.promised[server.number, default: [:]][kiosk.rawValue] = (
            journal.through, journal.head.bytes
        )
    }

    /// A device's disk was copied, or set back to a copy; both go on.
    mutating func live(again device: KioskID) {
        copied.insert(device.rawValue)
        lives[device.rawValue, default: 1] += 1
    }

    mutating func setBack(_ server: CountyServer) {
        isCountySetBack = true
        // What it knew of contested journals is to be found anew.
        contested = []
        for (kiosk, promise) in truth.promised.removeValue(forKey: server.number) ?? [:]
        where promise.through > owed[server.number]?[kiosk]?.through ?? 0 {
            owed[server.number, default: [:]][kiosk] = promise
        }
    }

    /// In clear weather a sound device is always served.
    mutating func clearNightFailed(
        _ machine: Machine, _ server: CountyServer, _ error: any Error
    ) {
        if copied.contains(machine.provision.desk.kiosk.rawValue) { return }
        if isCountySetBack, case DocumentFault.olderThanHeld = error { return }
        report("liveness", "\(machine.chain.kiosk) at server \(server.number): \(error)")
    }

    /// Reads what every device wrote since the last look, and holds it against what it wrote before.
    mutating func observe(_ world: World) {
        for machine in world.machines {
            guard let desk = machine.desk else { continue }
            let fresh = observe(
                desk.journal, &machine.chain, world.now, isDaySure: !machine.isDayUnsure)
            guard !machine.isDayUnsure else { continue }
            if !fresh.isEmpty { machine.knewAt = world.now }
            let day = "\(world.now.day)"
            // A journal that follows a lost one is opened whatever the time: on a machine that shows
            // that it does not know it, and so moves no money.
            let isHeld = desk.timekeeper?.reading.isHeld == true
            for said in fresh where said.kind != "bulletinRead" && said.day != day {
                if isHeld, said.kind == "opened" { continue }
                report("day", "\(machine.chain.kiosk) wrote \(said.kind) for \(said.day) on \(day)")
            }
        }
        for server in world.servers where server.number == 0 {
            guard let office = server.office else { continue }
            for said in observe(office.journal, &server.chain, world.now, isDaySure: true) {
                givenInDoubt += said.rights.given.map(\.holder).filter(contested.contains)
            }
            let journals = try? office.store.read { try $0.journals() }
            contested = Set(
                (journals ?? []).filter { $0.forkedAt != nil }.map(\.kiosk.rawValue))
        }
        for (machine, entry) in handed {
            let place = entry.header.sequence - 1
            let isThere =
                machine.chain.hashes.indices.contains(place)
                && machine.chain.hashes[place] == entry.hash.bytes
            if !isThere { report("answered", "\(entry.header) is gone") }
        }
        handed = []
    }

    private mutating func observe(
        _ journal: Journal, _ chain: inout Chain, _ now: Instant, isDaySure: Bool
    ) -> [Truth.Said] {
        do {
            let name = journal.kiosk.rawValue
            if chain.hashes.isEmpty { chain.kiosk = name }
            guard chain.kiosk == name else {
                report("prefix", "\(chain.kiosk) became \(name)")
                return []
            }
            let known = chain.hashes.count
            let (head, before, bytes) = try journal.read {
                (try $0.head(), try $0.hash(at: known), try $0.bytes(after: known, limit: 10_000))
            }
            guard before?.bytes == chain.head else {
                report("prefix", "\(name): \(known) entries were written, it ends at \(head)")
                return []
            }
            for one in bytes {
                truth.note(one, on: &chain, at: now.milliseconds, isDaySure: isDaySure)
            }
            if head.sequence != chain.hashes.count || head.hash.bytes != chain.head {
                report("prefix", "\(name): the head is not that of its entries")
            }
            return chain.hashes.dropFirst(known).compactMap { truth.written[$0]?.said }
        } catch {
            report("prefix", "\(chain.kiosk) cannot be read: \(error)")
            return []
        }
    }

    /// Whether a signature is the county's; worked out here.
    func isGenuine(_ word: Word) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: serviceKey) else {
            return false
        }
        return word.signatures.contains { key.isValidSignature($0, for: word.signed) }
    }
}

/// A statement of the county, taken apart by the auditor.
struct Word {
    let kiosk: String
    let through: Int
    let head: [UInt8]
    let signed: [UInt8]
    let signatures: [[UInt8]]

    init?(_ statement: [UInt8]) {
        let lines = statement.split(separator: 0x0A).map { Array($0) }
        guard let payload = lines.first,
            let said = try? JSONSerialization.jsonObject(with: Data(payload)) as? [String: Any],
            let kiosk = said["kiosk"] as? String, let through = said["through"] as? Int,
            let head = (said["head"] as? String).flatMap(unhex)
        else { return nil }
        (self.kiosk, self.through, self.head) = (kiosk, through, head)
        signed = Array("village-kiosk acknowledgement 1\n".utf8) + payload
        signatures = lines.dropFirst().compactMap { line in
            let sign = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
            return (sign?["sig"] as? String).flatMap(unhex)
        }
    }
}
