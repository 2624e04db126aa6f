/// The parameters of a folder by their bare names.
///
/// A price asks some fifty times for a name, of which a folder holds a handful: looking through
/// their marks is several times cheaper than a dictionary's hashing.
public struct NamedParameters: Sendable {
    public let values: [Parameter]
    private let names: [String]
    private let marks: [UInt64]

    /// Of two with one name the first counts.
    init(_ parameters: [Parameter]) {
        var seen: Set<String> = []
        values = parameters.filter { seen.insert($0.name).inserted }
        names = values.map(\.name)
        marks = names.map(Self.mark)
    }

    public var isEmpty: Bool { values.isEmpty }

    public subscript(name: String) -> Parameter? {
        let mark = Self.mark(name)
        for place in marks.indices where marks[place] == mark && names[place] == name {
            return values[place]
        }
        return nil
    }

    /// Length and some letters as one number, which other names may come to as well.
    private static func mark(_ name: String) -> UInt64 {
        var name = name
        return name.withUTF8 { letters in
            guard let first = letters.first, let last = letters.last else { return 0 }
            let (middle, count) = (letters[letters.count / 2], UInt64(letters.count))
            return count << 24 | UInt64(first) << 16 | UInt64(middle) << 8 | UInt64(last)
        }
    }
}
