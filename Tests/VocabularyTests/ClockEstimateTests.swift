import Testing
import Vocabulary

/// Clocks that jump, stop, drift, sleep and forget; offline and on.
@Suite struct ClockEstimateTests {
    static let minute = 60_000
    static let hour = 60 * minute
    static let day = 24 * hour
    static let tolerance = ClockTolerance(
        fault: 2 * minute, longestOff: 4 * day, drift: 100)
    /// 2026-11-22 09:00 in Beijing.
    static let morning = Instant(milliseconds: 1_795_309_200_000)

    /// A machine with a true time that nobody in it can see.
    struct Machine {
        var now = ClockEstimateTests.morning
        var wallAhead = 0
        var up = 1_000
        var boots = 0
        var estimate = ClockEstimate()

        var wall: Instant { Instant(milliseconds: now.milliseconds + wallAhead) }
        var uptime: Uptime { Uptime(boot: "\(boots)", milliseconds: up) }
        var reading: ClockEstimate.Reading {
            estimate.read(wall: wall, uptime: uptime, ClockEstimateTests.tolerance)
        }

        mutating func run(_ milliseconds: Int, driftPerMillion: Int = 0) {
            now = Instant(milliseconds: now.milliseconds + milliseconds)
            let drifted = milliseconds + milliseconds / 1_000_000 * driftPerMillion
            up += drifted
            wallAhead += drifted - milliseconds
            estimate.passed(reading, wall: wall)
        }

        mutating func restart(after milliseconds: Int) {
            now = Instant(milliseconds: now.milliseconds + milliseconds)
            (boots, up) = (boots + 1, 1_000)
        }

        /// The program is there, and looks at the clock for the first time.
        mutating func start() {
            estimate.started(wall: wall, uptime: uptime, ClockEstimateTests.tolerance)
        }

        mutating func sync(roundTrip: Int = 1_000) {
            estimate.answered(
                now, roundTrip: roundTrip, wall: wall, uptime: uptime,
                ClockEstimateTests.tolerance)
        }

        /// How far the estimate is from the truth.
        var error: Int { abs(reading.now.milliseconds - now.milliseconds) }
    }

    private func synced() -> Machine {
        var machine = Machine()
        machine.sync()
        return machine
    }

    @Test func `morning is morning`() {
        #expect("\(Self.morning)" == "2026-11-22 09:00:00")
    }

    @Test(arguments: [-400 * day, -day, -121_000, 121_000, day, 400 * day])
    func `a jump of the wall clock is flagged and moves nothing`(jump: Int) {
        var machine = synced()
        machine.run(Self.hour)
        machine.wallAhead = jump
        let reading = machine.reading
        #expect(machine.error <= reading.bound ?? -1)
        #expect(reading.wallFault == jump && reading.dayIsSure && !reading.isHeld)
    }

    @Test(arguments: [-119_000, 0, 119_000])
    func `two minutes are tolerated`(ahead: Int) {
        var machine = synced()
        machine.wallAhead = ahead
        #expect(machine.reading.wallFault == nil)
    }

    /// A dead battery: the wall clock starts from 1970, or from the year the board was made.
    @Test(arguments: [Instant(milliseconds: 0), Instant(milliseconds: 946_684_800_000)])
    func `a dead battery holds visits until somebody or the county says the day`(wall: Instant) {
        var machine = synced()
        machine.run(8 * Self.hour)
        machine.restart(after: 16 * Self.hour)
        machine.wallAhead = wall.milliseconds - machine.now.milliseconds
        let reading = machine.reading
        #expect(reading.isHeld && reading.wallFault != nil)
        // It is never shown earlier than what is known to have passed.
        #expect(reading.now >= Self.morning.adding(seconds: 8 * 3600))
        var asked = machine
        let accepted = asked.estimate.confirmed(
            asked.now, wall: asked.wall, uptime: asked.uptime, Self.tolerance)
        #expect(accepted && !asked.reading.isHeld && asked.error == 0)
        asked.run(Self.hour)
        #expect(asked.error <= asked.reading.bound ?? -1)
        machine.sync()
        #expect(!machine.reading.isHeld && machine.reading.dayIsSure)
    }

    @Test func `nobody talks a machine into a day that has passed`() {
        var machine = synced()
        machine.run(Self.day)
        machine.restart(after: Self.hour)
        let refused = machine.estimate.confirmed(
            Self.morning, wall: machine.wall, uptime: machine.uptime, Self.tolerance)
        #expect(!refused)
    }

    @Test func `thirty days offline, switched off every night, stay within the bound`() {
        var machine = synced()
        for _ in 0..<30 {
            machine.run(9 * Self.hour, driftPerMillion: 60)
            machine.restart(after: 15 * Self.hour)
            #expect(!machine.reading.isHeld)
            #expect(machine.error <= 2 * Self.minute + (machine.reading.bound ?? 0))
        }
    }

    @Test func `a clock that was wrong before the night is wrong by as much after it`() {
        var machine = synced()
        machine.wallAhead = 3 * Self.day
        machine.run(9 * Self.hour)
        machine.restart(after: 15 * Self.hour)
        #expect(!machine.reading.isHeld && machine.reading.wallFault == 3 * Self.day)
        #expect(machine.error <= machine.reading.bound ?? -1)
    }

    @Test(arguments: [5, 40, 400])
    func `a machine long off, or set far ahead while off, waits for a word`(days: Int) {
        var machine = synced()
        machine.run(Self.hour)
        machine.restart(after: days * Self.day)
        #expect(machine.reading.isHeld)
    }

    @Test func `a new machine that has heard nothing waits for a word`() {
        #expect(Machine().reading.isHeld)
    }

    @Test func `drift widens the bound and never leaves it`() {
        for drift in [-100, -50, 50, 100] {
            var machine = synced()
            for _ in 0..<60 {
                machine.run(Self.day, driftPerMillion: drift)
                #expect(machine.error <= machine.reading.bound ?? -1, "\(drift)")
            }
        }
    }

    @Test func `sleep counts, since what runs on by itself counts it`() {
        var machine = synced()
        machine.run(14 * Self.hour)
        #expect(machine.error <= machine.reading.bound ?? -1 && machine.reading.wallFault == nil)
    }

    @Test func `an old answer shown again moves nothing`() {
        var machine = synced()
        machine.run(2 * Self.day)
        let before = machine.reading
        machine.estimate.answered(
            Self.morning, roundTrip: 100, wall: machine.wall, uptime: machine.uptime,
            Self.tolerance)
        #expect(machine.reading == before)
    }

    @Test(arguments: [-30 * hour, -3 * hour, 3 * hour, 33 * hour])
    func `a wall clock set after the start moves nothing, even before the county is heard`(
        jump: Int
    ) {
        var machine = synced()
        machine.run(Self.hour)
        machine.restart(after: 10 * Self.hour)
        machine.start()
        machine.wallAhead += jump
        machine.run(Self.hour)
        #expect(machine.error <= machine.reading.bound ?? -1)
        #expect(machine.reading.wallFault == jump)
    }

    @Test func `an answer against a guess holds visits, and the next one settles it`() {
        var machine = synced()
        machine.run(Self.hour)
        machine.wallAhead = 33 * Self.hour
        // Set while off: within the longest absence nothing speaks against it.
        machine.estimate.passed(machine.reading, wall: machine.now)
        machine.restart(after: 10 * Self.hour)
        machine.start()
        #expect(!machine.reading.isHeld && machine.error > 30 * Self.hour)
        machine.sync()
        #expect(machine.reading.isHeld)
        // The same answer again bears nothing out; nor does a second start.
        machine.sync()
        #expect(machine.reading.isHeld)
        machine.run(5 * Self.minute)
        machine.sync()
        #expect(!machine.reading.isHeld && machine.error == 0)
        #expect(machine.reading.wallFault == 33 * Self.hour)
    }

    @Test func `what was written down on a wrong guess does not outvote the county`() {
        var machine = Machine()
        machine.estimate.notBefore(Self.morning)
        machine.wallAhead = 33 * Self.hour
        machine.start()
        let wrong = machine.reading.now
        machine.run(Self.minute)
        func journal() {
            machine.estimate.journaled(
                wrong, wall: machine.wall, uptime: machine.uptime, Self.tolerance)
        }
        journal()
        machine.sync()
        #expect(machine.reading.isHeld)
        journal()
        var asked = machine
        let accepted = asked.estimate.confirmed(
            asked.now, wall: asked.wall, uptime: asked.uptime, Self.tolerance)
        #expect(accepted && asked.error == 0)
        machine.run(5 * Self.minute)
        machine.sync()
        journal()
        #expect(!machine.reading.isHeld && machine.error == 0)
        machine.restart(after: Self.hour)
        machine.start()
        journal()
        #expect(!machine.reading.isHeld && machine.error <= machine.reading.bound ?? -1)
    }

    @Test func `an old answer shown twice after a start moves no day`() {
        var machine = synced()
        machine.run(Self.hour)
        let old = machine.now
        machine.run(Self.hour)
        machine.restart(after: 30 * Self.hour)
        machine.start()
        for _ in 0..<3 {
            machine.estimate.answered(
                old, roundTrip: 100, wall: machine.wall, uptime: machine.uptime, Self.tolerance)
            #expect(machine.reading.isHeld || machine.error <= machine.reading.bound ?? -1)
            machine.run(10 * Self.minute)
        }
        machine.sync()
        #expect(!machine.reading.isHeld && machine.error == 0)
    }

    @Test func `near midnight the day is not sure`() {
        var machine = Machine()
        machine.now = Instant(startOf: Self.morning.day).adding(seconds: 86_400 - 1)
        machine.sync(roundTrip: 5_000)
        #expect(!machine.reading.dayIsSure && !machine.reading.isHeld)
    }

    @Test func `what is known survives being written down`() throws {
        let machine = synced()
        let bytes = try CompactJSON.encode(machine.estimate)
        #expect(try CompactJSON.decode(ClockEstimate.self, from: bytes) == machine.estimate)
    }
}
