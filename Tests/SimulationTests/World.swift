import Foundation
import Hosting
import Identifying
import Journaling
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// A county at work: kiosks, servers, lines and sticks in one process, under one clock that stands
/// still until a step moves it, and one seed.
///
/// Everything here drives the product's own code and knows nothing of its rules; what is right is
/// for ``Auditor`` to say.
final class World {
    let history: History
    let template: Template
    let folders: TestFolder
    let time: TestClock
    let randomness: Randomness
    let stranger: DeviceKey
    var machines: [Machine] = []
    var servers: [CountyServer] = []
    var auditor: Auditor
    var rogue: Rogue
    /// Parcels on their way for a long time.
    var letters: [Line.Letter] = []
    /// By journal, a parcel that was sent before and an answer that was given before.
    var overheard: [String: [UInt8]] = [:]
    var oldAnswers: [String: [UInt8]] = [:]
    private var made = 0

    init(_ history: History, _ template: Template, place: String = Template.place) async throws {
        self.history = history
        self.template = template
        folders = try TestFolder(in: place)
        time = TestClock(template.start.adding(seconds: history.startsAfterDays * 86_400))
        let bytes = SeededBytes(seed: history.seed)
        randomness = Randomness { bytes.next($0) }
        stranger = try DeviceKey(raw: bytes.next(32))
        auditor = Auditor(template)
        rogue = Rogue(template.rogue)
        try await open()
    }

    private func open() async throws {
        for number in 0..<history.servers {
            let folder = folders.path + "/server-\(number)"
            try FileManager.default.copyItem(
                atPath: template.folder.path + "/office", toPath: folder)
            let server = CountyServer(number, folder)
            try server.start(time.clock, randomness)
            servers.append(server)
        }
        let clinics = template.devices.filter { $0.provision.desk.level == .village }
        let desks = template.devices.filter { $0.provision.desk.level != .village }
        for device in clinics.prefix(history.clinics) + desks.prefix(history.desks) {
            let name = device.provision.desk.kiosk.rawValue
            let folder = folders.path + "/" + name
            try FileManager.default.copyItem(
                atPath: template.folder.path + "/" + name, toPath: folder)
            let machine = Machine(
                device.provision, folder, MachineClock(time.clock),
                longestOff: template.longestOff)
            machine.session = device.session
            machine.chain = auditor.chain(of: name)
            try machine.start(randomness)
            machines.append(machine)
        }
        if template.divided != nil {
            // Rights are given in a night, and lie in the boxes on the first morning.
            try await dawn()
        }
        for box in machines.indices { try await night(box, 0, []) }
    }

    func folder(_ name: String) -> String {
        made += 1
        return "\(folders.path)/\(name)-\(made)"
    }

    var now: Instant { time.clock.now() }

    func machine(_ box: Int) -> Machine { machines[box % machines.count] }

    /// Does a step; what people and programs are told in the ordinary course is no fault.
    func perform(_ step: Step) async {
        do {
            try await act(step)
        } catch  where World.isTold(error) {
        } catch {
            auditor.report("unexpected", "\(step): \(error)")
        }
    }

    private func act(_ step: Step) async throws {
        switch step {
        case .pass(let minutes): time.advance(seconds: minutes * 60)
        case .dawn: try await dawn()
        case .visit(let box, let person, let fen): try await visit(box, person, fen)
        case .takeBack(let box): try await takeBack(box)
        case .collect(let desk, let person): try await collect(desk, person)
        case .visitOnline(let box, let person, let fen, let weather):
            try await visitOnline(box, person, fen, weather)
        case .move(let person, let clinic): try move(person, to: clinic)
        case .closeDay(let box): try await closeDay(box)
        case .night(let box, let server, let weather): try await night(box, server, weather)
        case .lateArrivals: await arriveLate()
        case .stickOut(let box): try await stickOut(box)
        case .stickAtCounty(let box): try await stickAtCounty(box)
        case .stickHome(let box): try await stickHome(box)
        default: try await actOfTrouble(step)
        }
    }

    private func actOfTrouble(_ step: Step) async throws {
        switch step {
        case .exchange: try await exchange()
        case .policy(let change, let days): try await changePolicy(change, days)
        case .closeMonth: try await closeMonth()
        case .decideForks(let pattern): try await decideForks(pattern)
        case .backup: try await backup()
        case .restore(let back, let onEmpty): try await restore(back, onEmpty: onEmpty)
        case .rebuildCounty: try await rebuildCounty()
        case .cutBox(let box, let at, let sending, let survival):
            try await cut(box: box, at: at, sending: sending, survival)
        case .cutCounty(let box, let at, let survival):
            try await cutCounty(box: box, at: at, survival)
        case .restart(let box): try await restart(box)
        case .clock(let box, let minutes): setClock(box, minutes)
        case .clone(let box): try await clone(box)
        case .image(let box): try await takeImage(box)
        case .setBack(let box): try await setBack(box)
        case .loseJournal(let box): try await loseJournal(box)
        case .hostile(let box, let attack): try await hostile(box, attack)
        case .rogue(let deed): try await misbehave(deed)
        default: break
        }
    }

    /// Ends every program, so that the folders can go.
    func close() async {
        for machine in machines { await machine.stop() }
        for server in servers { await server.stop() }
    }
}

/// One server of the county: its folder, and the program while it runs.
final class CountyServer {
    let number: Int
    var folder: String
    private(set) var office: Office?
    /// What the auditor knows that the office itself wrote.
    var chain = Chain(kiosk: Office.ownJournal)
    var backups: [String] = []
    /// It was set back and has not got everything again.
    var isSetBack = false

    init(_ number: Int, _ folder: String) {
        self.number = number
        self.folder = folder
    }

    func start(_ clock: Clock, _ randomness: Randomness) throws {
        office = try Office(
            folder: folder, county: SmallCounty.code, clock: clock, randomness: randomness)
    }

    func stop() async {
        weak let gone = office
        office = nil
        while gone != nil { await Task.yield() }
    }

    var running: Office {
        get throws {
            guard let office else { throw Machine.NotRunning() }
            return office
        }
    }
}
