import Collecting
import Foundation
import Hosting
import Identifying
import Journaling
import Pricing
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

// What doctors, collectors and couriers do.
extension World {
    private func person(_ number: Int) -> Member {
        template.members[number % template.members.count]
    }

    func visit(_ box: Int, _ number: Int, _ fen: Int) async throws {
        let machine = machine(box)
        guard !machine.isDesk else { return }
        try await settle(order(number, fen), at: machine)
    }

    private func settle(_ order: Order, at machine: Machine) async throws {
        let told = try await machine.running.leftHere(order)
        let entry = try await machine.running.settle(
            order, paying: .all(.cash), by: try machine.signedIn())
        // Pressed twice, it is the same visit.
        let again = try await machine.running.settle(
            order, paying: .all(.cash), by: try machine.signedIn())
        machine.lastBill = entry
        auditor.answered(entry, again, by: machine)
        auditor.told(told, entry)
    }

    /// The county is asked for what the visit lacks; where the line breaks it is asked once more.
    func visitOnline(_ box: Int, _ number: Int, _ fen: Int, _ weather: [Weather]) async throws {
        let machine = machine(box)
        guard !machine.isDesk else { return }
        let (order, desk) = (order(number, fen), try machine.running)
        let line = Line(weather, server: 0, stale: nil, oldAnswer: nil, stranger: stranger)
        let carrier = try carrier(for: desk, to: servers[0], over: line)
        for _ in 0..<2 {
            do {
                _ = try await desk.draw(for: order, by: try machine.signedIn(), over: carrier)
                break
            } catch  where World.isTold(error) {}
        }
        try await settle(order, at: machine)
    }

    func order(_ number: Int, _ fen: Int) -> Order {
        var order = Order(
            id: randomness.identity(),
            patient: Identified(member: person(number), assurance: .identityNumber))
        order.diagnoses = [Template.diagnosis]
        order.lines = [
            Order.Line(
                code: Template.item, quantity: Quantity(tenThousandths: fen * 25),
                price: Money(fen: 400), days: 1)
        ]
        return order
    }

    func takeBack(_ box: Int) async throws {
        let machine = machine(box)
        guard let bill = machine.lastBill else { return }
        let sequence = bill.header.sequence
        let session = try machine.signedIn()
        let void =
            machine.isDesk
            ? try await machine.running.voidReceipt(sequence, reason: "录错", by: session)
            : try await machine.running.void(sequence, reason: "录错", by: session)
        machine.lastBill = nil
        auditor.answered(void, void, by: machine)
    }

    func collect(_ number: Int, _ who: Int) async throws {
        let desks = machines.filter(\.isDesk)
        guard !desks.isEmpty else { return }
        let machine = desks[number % desks.count]
        let desk = try machine.running
        let member = person(who)
        let entry = try await desk.collect(
            [member.number], of: member.home.household, year: try await desk.collectionYear(),
            id: randomness.identity(), paying: .all(.cash), by: try machine.signedIn())
        machine.lastBill = entry
        auditor.answered(entry, entry, by: machine)
    }

    func closeDay(_ box: Int) async throws {
        let machine = machine(box)
        let desk = try machine.running
        let cash = try await desk.till(on: desk.today).till.expected[.cash] ?? .zero
        let entry = try await desk.close(
            [1: max(0, cash.fen)], sentence: "清点", id: randomness.identity(),
            by: try machine.signedIn())
        auditor.answered(entry, entry, by: machine)
    }

    func night(_ box: Int, _ number: Int, _ weather: [Weather]) async throws {
        let machine = machine(box)
        let server = servers[number % servers.count]
        let desk = try machine.running
        let name = desk.journal.kiosk.rawValue
        let line = Line(
            weather, server: server.number, stale: overheard[name], oldAnswer: oldAnswers[name],
            stranger: stranger)
        let carrier = try carrier(for: desk, to: server, over: line)
        let result: Result<NightReport, any Error>
        do { result = .success(try await desk.night(carrier)) } catch { result = .failure(error) }
        letters += line.late
        if let sent = line.sent.first { overheard[name] = sent }
        if let answer = line.answers.first { oldAnswers[name] = answer }
        for answer in line.answers { auditor.promised(answer, by: server) }
        switch result {
        case .success: machine.heard()
        case .failure(let error):
            if weather.isEmpty { auditor.clearNightFailed(machine, server, error) }
            throw error
        }
    }

    /// Parcels go to one server or the other; bulletins come from the first.
    func carrier(for desk: Desk, to server: CountyServer, over line: Line) throws -> Carrier {
        let recipient = desk.provision.desk.recipient
        let (office, first) = (try server.running, try servers[0].running)
        let kiosk = desk.journal.kiosk
        return Carrier(
            register: { try await first.register($0) },
            send: { try await line.send($0) { try await office.receive($0) } },
            manifest: { role in
                try await line.fetch { try first.manifest(role, for: recipient) }
            },
            section: { digest in
                try await line.fetch { try first.section(digest, for: recipient) }
            },
            delta: { old, new in
                do {
                    return try await line.fetch {
                        try first.delta(from: old, to: new, for: recipient)
                    }
                } catch OfficeFault.notThere { return nil }
            },
            root: { version in
                do { return try first.root(version) } catch OfficeFault.notThere { return nil }
            },
            giveBack: { try await first.takeBack($0) },
            draw: { request in
                try await line.fetch { try await first.draw(request, from: kiosk) }
            })
    }

    func arriveLate() async {
        for letter in letters.reversed() {
            guard let office = servers[letter.server].office else { continue }
            if let answer = try? await office.receive(letter.bytes) {
                auditor.promised(answer, by: servers[letter.server])
            }
        }
        letters = []
    }

    private var stick: String { folders.path + "/stick" }

    func stickOut(_ box: Int) async throws {
        _ = try await machine(box).running.export(to: stick)
    }

    func stickAtCounty(_ box: Int) async throws {
        let kiosk = machine(box).provision.desk.kiosk
        let path = stick + "/" + Envelope.fileName(.toCounty, kiosk)
        _ = try await servers[0].running.importFile(path, answers: stick)
        auditor.promisedOnStick(of: kiosk, servers[0])
    }

    func stickHome(_ box: Int) async throws {
        let machine = machine(box)
        _ = try await machine.running.importStick(stick)
    }
}

extension Desk {
    /// What the screen says is left here today; `nil` where nothing is divided.
    func leftHere(_ order: Order) throws -> Money? {
        let patient = try patient(order)
        guard patient.holdings != nil else { return nil }
        let band = try PatientBand(
            patient, order, by: policy.rules, level: assignment.level, on: today, phone: "")
        let left = band.benefit.first { $0.label == Texts.of("fundLeft") }
        return left.flatMap { Money(yuan: $0.value) }
    }
}
