/// A moment in milliseconds since 1970-01-01T00:00Z.
public struct Instant: Hashable, Comparable, Sendable {
    public let milliseconds: Int

    public init(milliseconds: Int) { self.milliseconds = milliseconds }

    public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

    public func adding(seconds: Int) -> Instant {
        Instant(milliseconds: milliseconds + seconds * 1000)
    }

    /// Seconds from `other` to this instant, rounded down.
    public func seconds(since other: Instant) -> Int {
        (milliseconds - other.milliseconds) / 1000
    }

    /// Whole minutes from `other` to this instant.
    public func minutes(since other: Instant) -> Int { seconds(since: other) / 60 }

    /// 1970 to 9999; an instant from outside lies in here.
    public static let known = 0...253_402_300_799_999

    static let beijingOffset = 8 * 3_600_000
    static let dayLength = 86_400_000

    /// The calendar day in Beijing.
    public var day: Day {
        let local = milliseconds + Instant.beijingOffset
        let floored = local >= 0 ? local : local - Instant.dayLength + 1
        return Day(number: floored / Instant.dayLength)
    }

    /// The Beijing time of day: "14:32".
    public var clockTime: String { String(clockTimeWithSeconds.prefix(5)) }

    /// The Beijing time of day with seconds: "14:32:07".
    public var clockTimeWithSeconds: String {
        let local = milliseconds + Instant.beijingOffset - day.number * Instant.dayLength
        let seconds = local / 1000
        return [seconds / 3600, seconds / 60 % 60, seconds % 60]
            .map { padded($0, to: 2) }.joined(separator: ":")
    }

    /// The first instant of a Beijing day.
    public init(startOf day: Day) {
        self.init(milliseconds: day.number * Instant.dayLength - Instant.beijingOffset)
    }
}

extension Instant: CustomStringConvertible {
    /// Beijing date and time as the national messages write it: "2026-11-22 14:32:07".
    public var description: String { "\(day) \(clockTimeWithSeconds)" }
}

extension Instant: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(milliseconds: try boundedInteger(from: decoder, in: Instant.known))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}

/// The time of day as a value passed in; live clocks are built at the edge alone.
public struct Clock: Sendable {
    public let now: @Sendable () -> Instant

    public init(now: @escaping @Sendable () -> Instant) { self.now = now }
}

/// Unpredictable bytes as a value passed in; a simulation passes a seeded source.
public struct Randomness: Sendable {
    public let bytes: @Sendable (Int) -> [UInt8]

    public init(bytes: @escaping @Sendable (Int) -> [UInt8]) { self.bytes = bytes }

    /// A fresh identity of 16 lower-case hexadecimal digits, made before anything is written so
    /// that a retry can be recognised.
    public func identity() -> String { hex(bytes(8)) }
}
