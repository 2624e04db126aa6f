import Foundation

/// Finds entries by any part of their texts: a sorted array of tails over one buffer of bytes.
///
/// Every place where a match may begin is a *tail* of a text. Tails stand in the order of their
/// bytes, so all that begin with what was typed stand side by side and two binary searches find
/// them. Beside each stands its *rank*: the entry's number, with the top bit set where the tail
/// begins inside the text. The best matches are the smallest ranks of the run, read in one pass.
///
/// The bytes are the index: written once, mapped into memory, nothing is unpacked.
public struct TailIndex: Sendable {
    public let bytes: Data
    let textCount: Int
    let tailCount: Int
    public let entryCount: Int

    static let magic: [UInt8] = Array("TAILS\u{0}\u{0}\u{1}".utf8)
    /// Magic, then entries, text bytes and tails as 32-bit little-endian numbers, then the text,
    /// tails and ranks, each beginning at a multiple of four.
    static let headerBytes = 24
    static let inside: UInt32 = 1 << 31

    /// An entry that matches; the smaller the entry's number, the better.
    public struct Match: Hashable, Sendable {
        public let entry: Int
        /// The text itself begins with what was typed.
        public let atStart: Bool
    }

    /// Takes bytes as they lie on disk; `nil` where they are not a whole index.
    public init?(bytes: Data) {
        let header = bytes.prefix(TailIndex.headerBytes)
        guard header.count == TailIndex.headerBytes, header.starts(with: TailIndex.magic) else {
            return nil
        }
        let numbers = header.withUnsafeBytes { raw in
            [8, 12, 16].map {
                Int(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: $0, as: UInt32.self)))
            }
        }
        (entryCount, textCount, tailCount) = (numbers[0], numbers[1], numbers[2])
        let whole = TailIndex.headerBytes + rounded(textCount) + 8 * tailCount
        guard bytes.count == whole, entryCount < TailIndex.inside else { return nil }
        self.bytes = bytes
    }

    /// The best entries that contain what was typed, best first.
    ///
    /// - Parameter limit: how many are wanted; fewer come back only where there are no more.
    public func matches(_ typed: String, limit: Int) -> [Match] {
        let sought = Array(searchable(typed).utf8)
        guard !sought.isEmpty, limit > 0 else { return [] }
        return bytes.withUnsafeBytes { raw in
            let text = TailIndex.headerBytes
            let tails = text + rounded(textCount)
            let view = View(
                text: UnsafeRawBufferPointer(rebasing: raw[text..<(text + textCount)]),
                tails: UnsafeRawBufferPointer(rebasing: raw[tails..<(tails + 4 * tailCount)]),
                ranks: UnsafeRawBufferPointer(rebasing: raw[(tails + 4 * tailCount)...]))
            let first = view.firstTail { $0.compare(sought, at: $1) < 0 }
            let end = view.firstTail(from: first) { $0.compare(sought, at: $1) == 0 }
            var best = SmallestRanks(limit: limit)
            for place in first..<end { best.offer(view.number(view.ranks, place)) }
            return best.values.compactMap { rank in
                let entry = Int(rank & ~TailIndex.inside)
                guard entry < entryCount else { return nil }
                return Match(entry: entry, atStart: rank < TailIndex.inside)
            }
        }
    }

    /// What the best matches stand for, where some of them may stand for nothing (any more) and
    /// must not take the places of those behind them.
    public func first<Found>(
        _ limit: Int, matching typed: String, _ stands: (Match) -> [Found]
    ) -> [Found] {
        var asked = limit
        while true {
            let matches = matches(typed, limit: asked)
            var found: [Found] = []
            for match in matches where found.count < limit { found += stands(match) }
            guard found.count < limit, matches.count == asked, asked < TailIndex.mostAsked else {
                return Array(found.prefix(limit))
            }
            asked *= 4
        }
    }

    /// Nobody types on through more.
    private static let mostAsked = 4_096

    /// The three parts of the bytes while they are read.
    private struct View {
        let text: UnsafeRawBufferPointer
        let tails: UnsafeRawBufferPointer
        let ranks: UnsafeRawBufferPointer

        func number(_ part: UnsafeRawBufferPointer, _ place: Int) -> UInt32 {
            UInt32(littleEndian: part.loadUnaligned(fromByteOffset: 4 * place, as: UInt32.self))
        }

        /// Below zero where the tail stands before all that begin with what is sought, zero where
        /// it begins with it. A damaged position is taken for the end of the text.
        func compare(_ sought: [UInt8], at tail: Int) -> Int {
            var place = Int(number(tails, tail))
            for wanted in sought {
                let byte = place < text.count ? text[place] : 0
                if byte != wanted { return byte < wanted ? -1 : 1 }
                place += 1
            }
            return 0
        }

        /// The first tail from a place on that does not answer to the condition, which holds for a
        /// beginning of the run and for nothing behind it.
        func firstTail(from start: Int = 0, while holds: (View, Int) -> Bool) -> Int {
            var (low, high) = (start, tails.count / 4)
            while low < high {
                let middle = (low + high) / 2
                if holds(self, middle) { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }
}

/// The smallest ranks offered, one for an entry, in order.
struct SmallestRanks {
    let limit: Int
    private(set) var values: [UInt32] = []
    private var worst = UInt32.max

    init(limit: Int) { self.limit = limit }

    mutating func offer(_ rank: UInt32) {
        // Most of a long run is turned away here.
        guard rank < worst else { return }
        let entry = rank & ~TailIndex.inside
        if let known = values.firstIndex(where: { $0 & ~TailIndex.inside == entry }) {
            guard rank < values[known] else { return }
            values.remove(at: known)
        }
        values.insert(rank, at: values.firstIndex { rank < $0 } ?? values.count)
        if values.count > limit { values.removeLast() }
        if values.count == limit { worst = values[limit - 1] }
    }
}

/// Up to the next multiple of four.
func rounded(_ count: Int) -> Int { (count + 3) & ~3 }
