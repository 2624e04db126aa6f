import Testing
import Vocabulary

@testable import Scanning

@Suite struct CBORTests {
    /// RFC 8949 appendix A, the rows within our subset.
    static let vectors: [(CBOR, String)] = [
        (.integer(0), "00"), (.integer(1), "01"), (.integer(10), "0a"), (.integer(23), "17"),
        (.integer(24), "1818"), (.integer(25), "1819"), (.integer(100), "1864"),
        (.integer(1000), "1903e8"), (.integer(1_000_000), "1a000f4240"),
        (.integer(1_000_000_000_000), "1b000000e8d4a51000"),
        (.integer(-1), "20"), (.integer(-10), "29"), (.integer(-100), "3863"),
        (.integer(-1000), "3903e7"),
        (.bool(false), "f4"), (.bool(true), "f5"), (.null, "f6"),
        (.bytes([]), "40"), (.bytes([1, 2, 3, 4]), "4401020304"),
        (.text(""), "60"), (.text("a"), "6161"), (.text("IETF"), "6449455446"),
        (.text("\"\\"), "62225c"), (.text("\u{fc}"), "62c3bc"), (.text("\u{6c34}"), "63e6b0b4"),
        (.text("\u{10151}"), "64f0908591"),
        (.array([]), "80"), (.array([.integer(1), .integer(2), .integer(3)]), "83010203"),
        (
            .array([
                .integer(1), .array([.integer(2), .integer(3)]),
                .array([.integer(4), .integer(5)]),
            ]), "8301820203820405"
        ),
        (
            .array((1...25).map(CBOR.integer)),
            "98190102030405060708090a0b0c0d0e0f101112131415161718181819"
        ),
        (.map([:]), "a0"), (.map([1: .integer(2), 3: .integer(4)]), "a201020304"),
    ]

    @Test(arguments: vectors)
    func `the examples of RFC 8949 come out as printed`(item: CBOR, coded: String) throws {
        #expect(hex(item.encoded) == coded)
        #expect(try CBOR(decoding: #require(unhex(coded))) == item)
    }

    @Test(arguments: [
        Int.min, Int.min + 1, -65_537, -257, -256, -25, -24, 255, 256, 65_535, 65_536,
        4_294_967_295, 4_294_967_296, Int.max,
    ])
    func `whole numbers at the edges come back`(number: Int) throws {
        #expect(try CBOR(decoding: CBOR.integer(number).encoded) == .integer(number))
    }

    @Test func `keys are written by their bytes`() throws {
        let map = CBOR.map([-1: .null, 100: .null, 10: .null, -100: .null])
        #expect(hex(map.encoded) == "a40af61864f620f63863f6")
        #expect(try CBOR(decoding: map.encoded) == map)
    }

    @Test func `tag 18 comes back`() throws {
        let item = CBOR.sign1(.array([.null]))
        #expect(hex(item.encoded) == "d281f6")
        #expect(try CBOR(decoding: item.encoded) == item)
    }

    static let refused: [(String, CBOR.Fault)] = [
        ("", .truncated), ("18", .truncated), ("1903", .truncated), ("4401", .truncated),
        ("8201", .truncated), ("a101", .truncated), ("d2", .truncated),
        // A length of 2^64 − 1 must be refused before anything is allocated.
        ("5bffffffffffffffff", .truncated), ("9bffffffffffffffff", .truncated),
        ("bbffffffffffffffff", .truncated), ("7b7fffffffffffffff", .truncated),
        ("0000", .trailingBytes), ("f6f6", .trailingBytes),
        // The same number, written longer than needed.
        ("1817", .notShortest), ("190017", .notShortest), ("1900ff", .notShortest),
        ("1a0000ffff", .notShortest), ("1b00000000ffffffff", .notShortest),
        ("3800", .notShortest), ("580101", .notShortest), ("780161", .notShortest),
        ("980101", .notShortest), ("b8010102", .notShortest), ("d812f6", .notShortest),
        ("a1180102", .notShortest),
        ("a201020103", .duplicateKey), ("a203020104", .keysOutOfOrder),
        ("a220f600f6", .keysOutOfOrder), ("a221f620f6", .keysOutOfOrder),
        ("62c328", .notUTF8), ("63eda080", .notUTF8), ("62c080", .notUTF8),
        ("1bffffffffffffffff", .range), ("3bffffffffffffffff", .range),
        ("1b8000000000000000", .range), ("3b8000000000000000", .range),
        ("818181818100", .tooDeep), ("d2d2d2d2d2f6", .tooDeep),
        ("1c", .unsupported(0x1C)), ("5f", .unsupported(0x5F)), ("9f", .unsupported(0x9F)),
        ("bf", .unsupported(0xBF)), ("f7", .unsupported(0xF7)), ("f9", .unsupported(0xF9)),
        ("f8f4", .unsupported(0xF8)), ("ff", .unsupported(0xFF)), ("c000", .unsupported(0xC0)),
        ("a1616101", .unsupported(0x61)),
    ]

    @Test(arguments: refused)
    func `what is not deterministic CBOR is refused with its cause`(
        coded: String, fault: CBOR.Fault
    ) throws {
        let coded = try #require(unhex(coded))
        #expect(throws: fault) { try CBOR(decoding: coded) }
    }

    @Test func `a long message is refused before it is read`() {
        let message = [UInt8](repeating: 0xF6, count: CBOR.maximumLength + 1)
        #expect(throws: CBOR.Fault.tooLong) { try CBOR(decoding: message) }
    }

    @Test func `whatever is read is written back byte for byte`() {
        var generator = Steps(state: 20_261_122)
        var read = 0
        for _ in 0..<100_000 {
            let bytes = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            guard let item = try? CBOR(decoding: bytes) else { continue }
            read += 1
            #expect(item.encoded == bytes)
        }
        #expect(read > 1000)
    }
}

/// A small generator with a fixed course (SplitMix64), so that a failure can be replayed.
struct Steps: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
