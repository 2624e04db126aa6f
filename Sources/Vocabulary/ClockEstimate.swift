/// What runs on whatever anybody sets the clock to: time since the machine was switched on, sleep
/// included.
public struct Uptime: Hashable, Sendable, Codable {
    /// Names one run of the machine; another after every start.
    public let boot: String
    public let milliseconds: Int

    public init(boot: String, milliseconds: Int) {
        self.boot = boot
        self.milliseconds = milliseconds
    }
}

/// What a clock may be off by; parameters of the county.
public struct ClockTolerance: Hashable, Sendable {
    /// A wall clock further off than this is flagged.
    public let fault: Int
    /// A machine may have been off for this long before somebody must say what day it is.
    public let longestOff: Int
    /// How much the machine's oscillator may run fast or slow, in millionths.
    public let drift: Int

    /// - Parameters:
    ///   - fault: milliseconds.
    ///   - longestOff: milliseconds.
    public init(fault: Int, longestOff: Int, drift: Int) {
        self.fault = fault
        self.longestOff = longestOff
        self.drift = drift
    }
}

/// The time as it follows from signed words of the county, from what runs on by itself, and last
/// from the wall clock, which is never believed alone.
public struct ClockEstimate: Hashable, Sendable, Codable {
    /// A time known at a moment of the machine's own running.
    private struct Anchor: Hashable, Sendable, Codable {
        var at: Instant
        var uptime: Uptime
        /// Either way, in milliseconds.
        var bound: Int
        /// Set when the machine started and nobody had said the time yet.
        var isGuess: Bool?
    }

    private var anchor: Anchor?
    /// An answer that spoke against a guess: until another bears it out or somebody looks at a watch,
    /// nobody knows which of them is right.
    private var witness: Anchor?
    /// It is not earlier than this: a signed time, or one that was shown and journaled.
    private var floor = Instant(milliseconds: 0)
    /// The latest time the county has signed.
    private var signed: Instant?
    /// How far the wall clock was ahead of the estimate when both were last seen together.
    private var wallAhead: Int?

    public init() {}

    /// What the time is, how sure that is, and what is wrong with the wall clock.
    public struct Reading: Hashable, Sendable {
        public let now: Instant
        /// Either way, in milliseconds; `nil` where nothing bounds it.
        public fileprivate(set) var bound: Int?
        /// How far the wall clock is ahead (negative: behind), where that is more than tolerated.
        public let wallFault: Int?

        /// Somebody must say what day it is before money is moved.
        public var isHeld: Bool { bound == nil }

        /// Whether the business day is the same over the whole bound.
        public var dayIsSure: Bool {
            guard let bound else { return false }
            return Instant(milliseconds: now.milliseconds - bound).day
                == Instant(milliseconds: now.milliseconds + bound).day
        }
    }

    public func read(wall: Instant, uptime: Uptime, _ tolerance: ClockTolerance) -> Reading {
        var reading =
            if let anchor, anchor.uptime.boot == uptime.boot {
                running(from: anchor, wall, uptime, tolerance)
            } else {
                afterStart(wall, uptime, tolerance)
            }
        if witness != nil { reading.bound = nil }
        return reading
    }

    /// Holds on to the time a machine started with: from here on what runs on by itself is believed
    /// more than a wall clock that anybody may set.
    public mutating func started(wall: Instant, uptime: Uptime, _ tolerance: ClockTolerance) {
        guard anchor?.uptime.boot != uptime.boot else { return }
        let guess = afterStart(wall, uptime, tolerance)
        guard let bound = guess.bound else { return }
        anchor = Anchor(at: guess.now, uptime: uptime, bound: bound, isGuess: true)
    }

    /// The machine has run on since the anchor: only its drift is uncertain.
    private func running(
        from anchor: Anchor, _ wall: Instant, _ uptime: Uptime, _ tolerance: ClockTolerance
    ) -> Reading {
        let elapsed = max(0, uptime.milliseconds - anchor.uptime.milliseconds)
        let now = Instant(milliseconds: anchor.at.milliseconds + elapsed)
        let bound = anchor.bound + drifted(elapsed, tolerance)
        return reading(max(now, floor), bound: bound, wall, tolerance)
    }

    /// The machine was off: the wall clock is a witness, the floor and the longest absence judge it.
    private func afterStart(_ wall: Instant, _ uptime: Uptime, _ tolerance: ClockTolerance)
        -> Reading
    {
        let corrected = Instant(milliseconds: wall.milliseconds - (wallAhead ?? 0))
        let away = corrected.milliseconds - floor.milliseconds
        let earliest = Instant(milliseconds: floor.milliseconds + max(0, uptime.milliseconds))
        let known = floor.milliseconds > 0
        guard known, away >= -tolerance.fault, away <= tolerance.longestOff + uptime.milliseconds
        else { return reading(known ? earliest : wall, bound: nil, wall, tolerance) }
        let bound = tolerance.fault + drifted(max(0, away), tolerance)
        return reading(max(corrected, floor), bound: bound, wall, tolerance)
    }

    private func drifted(_ elapsed: Int, _ tolerance: ClockTolerance) -> Int {
        elapsed / 1_000_000 * tolerance.drift + tolerance.drift / 1_000
    }

    private func reading(
        _ now: Instant, bound: Int?, _ wall: Instant, _ tolerance: ClockTolerance
    ) -> Reading {
        let ahead = wall.milliseconds - now.milliseconds
        let isWrong = abs(ahead) > tolerance.fault
        return Reading(now: now, bound: bound, wallFault: isWrong ? ahead : nil)
    }

    /// A signed answer to a question just asked: the county's time lies between the asking and now.
    ///
    /// An old answer shown again says a time that has passed, and is no anchor. One that speaks
    /// against a guess may be either; then money waits for the next answer, or for a person.
    ///
    /// - Parameter roundTrip: milliseconds from asking to the answer.
    public mutating func answered(
        _ at: Instant, roundTrip: Int, wall: Instant, uptime: Uptime, _ tolerance: ClockTolerance
    ) {
        let latest = at.milliseconds + max(0, roundTrip) + tolerance.fault
        guard latest >= signed?.milliseconds ?? 0 else { return }
        started(wall: wall, uptime: uptime, tolerance)
        let answer = Anchor(at: at, uptime: uptime, bound: max(0, roundTrip))
        if let anchor, anchor.uptime.boot == uptime.boot {
            let known = running(from: anchor, wall, uptime, tolerance)
            let earliest = known.now.milliseconds - (known.bound ?? 0)
            if latest < max(earliest, floor.milliseconds) {
                guard anchor.isGuess == true else { return }
                guard let witness, bears(answer, out: witness, tolerance) else {
                    witness = witness?.uptime.boot == uptime.boot ? witness : answer
                    return
                }
            }
        }
        (anchor, witness) = (answer, nil)
        // What this machine wrote down on a wrong guess binds nobody.
        floor = latest < floor.milliseconds ? at : max(floor, at)
        signed = max(signed ?? at, at)
        wallAhead = wall.milliseconds - at.milliseconds
    }

    /// Whether two answers are as far apart as the machine ran between them, and far enough to tell.
    private func bears(_ answer: Anchor, out witness: Anchor, _ tolerance: ClockTolerance) -> Bool {
        guard answer.uptime.boot == witness.uptime.boot else { return false }
        let elapsed = answer.uptime.milliseconds - witness.uptime.milliseconds
        let said = answer.at.milliseconds - witness.at.milliseconds
        let room = tolerance.fault + answer.bound + witness.bound
        return elapsed > room && abs(said - elapsed) <= room
    }

    /// A signed document from an unknown time ago (a bulletin, a stick): it is at least so late.
    public mutating func notBefore(_ at: Instant) {
        (floor, signed) = (max(floor, at), max(signed ?? at, at))
    }

    /// The machine's own last entry: it is at least so late, unless that was written on a guess that
    /// has been found wrong since.
    public mutating func journaled(
        _ at: Instant, wall: Instant, uptime: Uptime, _ tolerance: ClockTolerance
    ) {
        let reading = read(wall: wall, uptime: uptime, tolerance)
        let latest = reading.bound.map { reading.now.milliseconds + $0 + tolerance.fault }
        guard at.milliseconds <= latest ?? .max else { return }
        floor = max(floor, at)
    }

    /// Somebody has looked at a calendar and a watch.
    ///
    /// - Returns: false where the county's signed word says it is later than that.
    public mutating func confirmed(
        _ at: Instant, wall: Instant, uptime: Uptime, _ tolerance: ClockTolerance
    ) -> Bool {
        // Where the county has spoken against this machine's guess, its own entries prove nothing.
        let passed = witness == nil ? floor : signed ?? floor
        guard at.milliseconds + tolerance.fault >= passed.milliseconds else { return false }
        (anchor, witness) = (Anchor(at: at, uptime: uptime, bound: tolerance.fault), nil)
        floor = max(passed, at)
        wallAhead = wall.milliseconds - at.milliseconds
        return true
    }

    /// Remembers that this time has come, for the day the machine starts again.
    public mutating func passed(_ reading: Reading, wall: Instant) {
        guard !reading.isHeld else { return }
        floor = max(floor, reading.now)
        wallAhead = wall.milliseconds - reading.now.milliseconds
    }
}
