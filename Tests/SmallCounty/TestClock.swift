import Foundation
import Vocabulary

/// A clock that moves only when a test moves it.
public final class TestClock: @unchecked Sendable {
    private let lock = NSLock()
    private var instant: Instant

    public init(_ instant: Instant) { self.instant = instant }

    public var clock: Clock { Clock { self.lock.withLock { self.instant } } }

    public func advance(seconds: Int) {
        lock.withLock { instant = instant.adding(seconds: seconds) }
    }

    public func set(_ new: Instant) { lock.withLock { instant = new } }
}

/// Bytes from a seed (SplitMix64), so that a test's keys and identities are the same every time.
public final class SeededBytes: @unchecked Sendable {
    private let lock = NSLock()
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public func next(_ count: Int) -> [UInt8] {
        lock.withLock { (0..<count).map { _ in UInt8(truncatingIfNeeded: draw()) } }
    }

    private func draw() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A folder that is removed when the test is over.
public final class TestFolder: Sendable {
    public let path: String

    public init(in place: String = NSTemporaryDirectory()) throws {
        path = place + "village-kiosk-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Numbers from a seed, for property tests.
public struct SeededNumbers: RandomNumberGenerator {
    private let bytes: SeededBytes

    public init(seed: UInt64) { bytes = SeededBytes(seed: seed) }

    public mutating func next() -> UInt64 {
        bytes.next(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    public mutating func next(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
