import Foundation
import Vocabulary

extension Clock {
    /// The machine's wall clock.
    public static let system = Clock {
        Instant(milliseconds: Int(Date.now.timeIntervalSince1970 * 1000))
    }
}

extension Randomness {
    /// The operating system's generator.
    public static let system = Randomness { count in
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
