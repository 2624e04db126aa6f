import Foundation

extension TailIndex {
    /// Makes the index of entries numbered in the order they come, the better first.
    public init(_ entries: some Sequence<SearchTerms>) {
        var maker = TailIndexMaker()
        for entry in entries { maker.add(entry.keys) }
        let bytes = maker.finish()
        guard let made = TailIndex(bytes: bytes) else {
            preconditionFailure("what was just made can be read")
        }
        self = made
    }
}

/// Gathers texts and tails, then sorts them.
private struct TailIndexMaker {
    /// A tail with its first eight bytes at hand, which decide most comparisons.
    private struct Tail {
        let head: UInt64
        let position: UInt32
        let rank: UInt32
    }

    private var text: [UInt8] = []
    private var tails: [Tail] = []
    private var entries: UInt32 = 0

    mutating func add(_ keys: [SearchKey]) {
        for key in keys {
            precondition(
                text.count + key.bytes.count < Int(UInt32.max), "positions are 32-bit numbers")
            let base = text.count
            text += key.bytes
            text.append(0)
            for start in key.starts {
                tails.append(
                    Tail(
                        head: head(key.bytes[start...]), position: UInt32(base + start),
                        rank: start == 0 && !key.isCode ? entries : entries | TailIndex.inside))
            }
        }
        entries += 1
        precondition(entries < TailIndex.inside, "the top bit of a rank is taken")
    }

    private func head(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var head: UInt64 = 0
        for offset in 0..<8 {
            let place = bytes.startIndex + offset
            head = head << 8 | (place < bytes.endIndex ? UInt64(bytes[place]) : 0)
        }
        return head
    }

    mutating func finish() -> Data {
        sort()
        var data = Data(TailIndex.magic)
        data.reserveCapacity(TailIndex.headerBytes + rounded(text.count) + 8 * tails.count)
        data.append([entries, UInt32(text.count), UInt32(tails.count), 0])
        data.append(contentsOf: text)
        data.append(contentsOf: repeatElement(0, count: rounded(text.count) - text.count))
        data.append(tails.map(\.position))
        data.append(tails.map(\.rank))
        return data
    }

    private mutating func sort() {
        text.withUnsafeBytes { raw in
            guard let base = raw.baseAddress else { return }
            let characters = base.assumingMemoryBound(to: CChar.self)
            tails.sort { a, b in
                if a.head != b.head { return a.head < b.head }
                // A zero among the eight: both texts end there, and are the same.
                if a.head & 0xFF != 0 {
                    let order = strcmp(
                        characters + Int(a.position) + 8, characters + Int(b.position) + 8)
                    if order != 0 { return order < 0 }
                }
                return (a.rank, a.position) < (b.rank, b.position)
            }
        }
    }
}

extension Data {
    /// Numbers as four bytes each, the least first.
    mutating func append(_ numbers: [UInt32]) {
        numbers.map(\.littleEndian).withUnsafeBytes { append(contentsOf: $0) }
    }
}
