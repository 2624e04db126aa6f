/// A text as it is searched: full-width forms made half-width, ASCII in lower case, no spaces; done
/// to names and to what is typed alike.
func searchable(_ text: some StringProtocol) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        var scalar = scalar
        if (0xFF01...0xFF5E).contains(scalar.value) {
            scalar = Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        }
        // A zero byte ends a text of the index.
        if scalar.properties.isWhitespace || scalar.value < 0x20 { continue }
        if (0x41...0x5A).contains(scalar.value) {
            scalar = Unicode.Scalar(scalar.value + 0x20) ?? scalar
        }
        result.append(scalar)
    }
    return String(result)
}

/// What an entry of the index is found by.
public struct SearchTerms: Sendable {
    /// Found by any part, and by the pinyin of any part that begins with a syllable.
    public var names: [String]
    /// Found by any part.
    public var initials: [String]
    /// Found by the beginning.
    public var codes: [String]

    public init(names: [String], initials: [String] = [], codes: [String] = []) {
        self.names = names
        self.initials = initials
        self.codes = codes
    }
}

/// One text of the index and the places in it where a match may begin.
struct SearchKey {
    var bytes: [UInt8] = []
    var starts: [Int] = []
    /// Stands behind names even where it begins with what was typed: half of all codes begin with
    /// the same letter.
    var isCode = false

    /// Pieces put together; a match may begin with each.
    init(pieces: some Sequence<String>) {
        for piece in pieces where !piece.isEmpty {
            starts.append(bytes.count)
            bytes += Array(piece.utf8)
        }
    }

    init(code: String) {
        bytes = Array(searchable(code).utf8)
        starts = bytes.isEmpty ? [] : [0]
        isCode = true
    }

    /// Any character may begin a match.
    init(text: String) { self.init(pieces: searchable(text).unicodeScalars.map { String($0) }) }
}

extension SearchTerms {
    /// All texts of the entry, none of them twice.
    var keys: [SearchKey] {
        var keys = codes.map(SearchKey.init(code:)) + initials.map(SearchKey.init(text:))
        for name in names {
            keys.append(SearchKey(text: name))
            for reading in Pinyin.readings(of: searchable(name)) {
                keys.append(SearchKey(pieces: reading.map(\.text)))
                keys.append(SearchKey(text: reading.map(\.initial).joined()))
            }
        }
        var seen: Set<[UInt8]> = []
        return keys.filter { !$0.starts.isEmpty && seen.insert($0.bytes).inserted }
    }
}
