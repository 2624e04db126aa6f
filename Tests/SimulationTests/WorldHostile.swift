import Foundation
import Hosting
import Identifying
import Journaling
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// A registered device that signs what the history makes it sign.
struct Rogue {
    let kiosk: KioskID
    let key: DeviceKey
    var entries: [Entry] = []
    var chain: Chain

    init(_ device: Template.Device) {
        kiosk = device.provision.desk.kiosk
        key = device.key
        chain = Chain(kiosk: kiosk.rawValue)
        for bytes in device.entries {
            entries.append(Entry(keeping: bytes, after: entries.last?.hash ?? .zero))
        }
    }
}

// What somebody with bad intentions does on the line, and with a device of his own.
extension World {
    /// A parcel made from what was heard on the line, without any device's key.
    func hostile(_ box: Int, _ attack: Attack) async throws {
        let machine = machine(box)
        let journal = try machine.running.journal
        let entries = try journal.read { try $0.entries(after: 0, limit: 2_000) }
        let made = try parcel(attack, of: journal.kiosk, entries, machine)
        let office = try servers[0].running
        guard let answer = try? await office.receive(made) else { return }
        auditor.report("hostile", "\(attack) was taken: \(String(decoding: answer, as: UTF8.self))")
    }

    private func parcel(
        _ attack: Attack, of kiosk: KioskID, _ entries: [Entry], _ machine: Machine
    ) throws -> [UInt8] {
        let head = entries.last?.hash ?? .zero
        func signed(_ kiosk: KioskID, _ sequence: Int, _ head: Fingerprint, _ key: DeviceKey)
            throws -> Checkpoint
        {
            try Checkpoint(kiosk: kiosk, sequence: sequence, head: head, at: now, key: key)
        }
        func packed(_ entries: [Entry], _ checkpoint: Checkpoint) throws -> [UInt8] {
            try Parcel(
                kiosk: checkpoint.kiosk, previous: .zero, entries: entries, checkpoint: checkpoint
            ).packed()
        }
        let genuine = try signed(kiosk, entries.count, head, machine.running.key)
        switch attack {
        case .garbage: return randomness.bytes(400)
        case .cut: return Array(try packed(entries, genuine).dropLast(40))
        case .strangerSigned:
            return try packed(entries, try signed(kiosk, entries.count, head, stranger))
        case .otherName:
            let other = try signed(rogue.kiosk, entries.count, head, machine.running.key)
            return try packed(entries, other)
        case .entryChanged:
            var changed = entries
            let last = changed.removeLast()
            var bytes = last.bytes
            bytes[bytes.count / 2] ^= 0x01
            changed.append(Entry(keeping: bytes, after: changed.last?.hash ?? .zero))
            return try packed(changed, genuine)
        case .entryLeftOut:
            return try packed(Array(entries.dropFirst()), genuine)
        case .hugeNumber:
            return try packed([], try signed(kiosk, .max, head, machine.running.key))
        }
    }

    /// The rogue device writes one entry and sends all it has.
    func misbehave(_ deed: RogueDeed) async throws {
        let bytes = try written(deed)
        rogue.entries.append(Entry(keeping: bytes, after: rogue.entries.last?.hash ?? .zero))
        auditor.wrote(bytes, on: &rogue.chain)
        let answer = try await sendRogue()
        // One bad entry blocks nothing: the county signs for all of them.
        let word = try Acknowledgement(
            bytes: answer, for: rogue.kiosk, trust: machines[0].provision.trust)
        if word.through != rogue.entries.count { auditor.report("rogue", "\(deed) blocks") }
        let isAside = word.setAside.contains(rogue.entries.count)
        if isAside != (deed != .sound) {
            auditor.report("rogue", "\(deed): \(isAside ? "set aside" : "not set aside")")
        }
    }

    /// Sends all that the rogue device ever wrote.
    @discardableResult
    func sendRogue() async throws -> [UInt8] {
        let (office, head) = (try servers[0].running, rogue.entries.last?.hash ?? .zero)
        let parcel = Parcel(
            kiosk: rogue.kiosk, previous: .zero, entries: rogue.entries,
            checkpoint: try Checkpoint(
                kiosk: rogue.kiosk, sequence: rogue.entries.count, head: head, at: now,
                key: rogue.key))
        let answer = try await office.receive(try parcel.packed())
        auditor.promised(answer, by: servers[0])
        return answer
    }

    private func written(_ deed: RogueDeed) throws -> [UInt8] {
        let sequence = rogue.entries.count + 1
        func entry(_ kind: String, _ body: String) -> [UInt8] {
            Array(
                """
                {"at":\(now.milliseconds),"body":\(body),"by":"D0001","day":"\(now.day)",\
                "kind":"\(kind)","kiosk":"\(rogue.kiosk)","seq":\(sequence),"ses":"x","v":1}
                """.utf8)
        }
        switch deed {
        case .unreadable: return Array("{\"at\":,\(sequence)".utf8)
        case .fromTheFuture: return entry("teleported", "{}")
        case .voidOfNothing:
            return entry(
                "contributionVoid",
                """
                {"code":"41030126","id":"\(sequence)","number":1,"paid":{"cash":-40000},\
                "psn":["\(template.members[0].number)"],"reason":"x","voids":1,"year":2027}
                """)
        case .countysBusiness:
            return entry(
                "branchDecision",
                "{\"counts\":[],\"kiosk\":\"K0001\",\"leaves\":[],\"reason\":\"x\"}")
        case .unbalanced:
            return entry(
                "dayClose",
                """
                {"counted":0,"difference":5,"expected":{"cash":100},"id":"\(sequence)",\
                "pieces":{},"sentence":""}
                """)
        case .sound: return entry("bulletinRead", "{\"daily\":1,\"policy\":1}")
        }
    }
}
