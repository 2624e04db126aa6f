import Cataloguing
import Rules

/// A line of the input of `kiosk quote`.
enum Quotes {
    private static let stream = QuoteStream(
        rules: Rulebook.read(region: "seed-2025", files: seedRules).0, catalogue: .empty)

    static func line(_ bytes: [UInt8]) {
        let (answer, _) = stream.answer(bytes)
        precondition(!answer.isEmpty && !answer.contains(0x0A), "one line in, one line out")
    }
}
