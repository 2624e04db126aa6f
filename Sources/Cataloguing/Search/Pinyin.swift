import Foundation
import Synchronization

/// Reads Chinese names as pinyin without tones, as it is typed: ü is v.
///
/// The library knows one reading of a character, whatever stands beside it. Where the words of this
/// trade are read otherwise, ``PinyinWords`` says so, and the name is found under both: people type
/// what they are used to.
public enum Pinyin {
    struct Syllable: Hashable {
        let text: String
        /// Of a character its first letter; of figures and Latin letters all.
        let initial: String
    }

    /// What the library said before; asking takes it a tenth of a millisecond.
    private static let known = Mutex<[Unicode.Scalar: Syllable?]>([:])

    /// The initials of a name as catalogues print them: 阿莫西林 is amxl.
    public static func initials(of name: String) -> String {
        readings(of: searchable(name)).first?.map(\.initial).joined() ?? ""
    }

    /// The reading of this trade first, then the library's where it differs.
    static func readings(of name: String) -> [[Syllable]] {
        let scalars = Array(name.unicodeScalars)
        var plain = known.withLock { known in scalars.map { syllable(of: $0, &known) } }
        let usual = plain.compactMap { $0 }
        var place = 0
        while place < scalars.count {
            let word = PinyinWords.longest(at: scalars[place...])
            for (offset, text) in word.enumerated() {
                plain[place + offset] = Syllable(text: text, initial: String(text.prefix(1)))
            }
            place += max(1, word.count)
        }
        let ours = plain.compactMap { $0 }
        return ours == usual ? [ours] : [ours, usual]
    }

    /// `nil` for signs that nobody types.
    private static func syllable(
        of scalar: Unicode.Scalar, _ known: inout [Unicode.Scalar: Syllable?]
    ) -> Syllable? {
        if let cached = known[scalar] { return cached }
        let made = make(scalar)
        known[scalar] = .some(made)
        return made
    }

    private static func make(_ scalar: Unicode.Scalar) -> Syllable? {
        let character = String(scalar)
        if scalar.isASCII {
            let typed = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            return typed ? Syllable(text: character, initial: character) : nil
        }
        let latin = character.applyingTransform(.mandarinToLatin, reverse: false) ?? ""
        guard latin != character else { return nil }
        let letters = latin.lowercased().replacing("ü", with: "v")
            .replacing(/[ǖǘǚǜ]/, with: "v")
            .decomposedStringWithCanonicalMapping.unicodeScalars
            .filter { (0x61...0x7A).contains($0.value) }
        let text = String(String.UnicodeScalarView(letters))
        return text.isEmpty ? nil : Syllable(text: text, initial: String(text.prefix(1)))
    }
}
