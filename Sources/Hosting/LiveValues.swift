import Foundation
import Vocabulary

extension Clock {
    /// The machine's wall clock.
    public static let system = Clock {
        Instant(milliseconds: Int(Date.now.timeIntervalSince1970 * 1000))
    }
}

extension Uptime {
    /// The machine's own running, sleep included, whatever the wall clock is set to.
    @Sendable public static func system() -> Uptime {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        let boot = try? readFile("/proc/sys/kernel/random/boot_id", limit: 100)
        return Uptime(
            boot: String(decoding: boot ?? [], as: UTF8.self),
            milliseconds: Int(time.tv_sec) * 1_000 + Int(time.tv_nsec) / 1_000_000)
    }
}

extension Randomness {
    /// The operating system's generator.
    public static let system = Randomness { count in
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
