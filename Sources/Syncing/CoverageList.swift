import Crypto
import Foundation
import Vocabulary

/// Whether a person is covered, for people whose roll a device does not hold.
public struct CoverageMark: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The county knows this person; every listed one has it, so that an empty place is no person.
    public static let known = CoverageMark(rawValue: 1)
    /// The fund paid on the day the list was made.
    public static let covered = CoverageMark(rawValue: 2)
    /// The year after the list's is paid for.
    public static let coveredNextYear = CoverageMark(rawValue: 4)
    /// Insured as an employee; otherwise as a resident.
    public static let employee = CoverageMark(rawValue: 8)

    public init(covered: Bool, nextYear: Bool, scheme: Scheme) {
        self = .known
        if covered { insert(.covered) }
        if nextYear { insert(.coveredNextYear) }
        if scheme == .employee { insert(.employee) }
    }

    public var scheme: Scheme { contains(.employee) ? .employee : .resident }
}

/// Section `coverage`: a mark for everybody in the county, found by a keyed hash of the identity
/// number or by the credential's index, and nothing that names anybody.
///
/// A heading line of JSON, then columns: 64-bit hashes in rising order, a mark for each, a mark for
/// each credential index. In columns, a day's change leaves all the rest as it was.
public struct CoverageList: Sendable {
    public let heading: Heading
    private let bytes: [UInt8]
    private let hashes: Int

    public struct Heading: Sendable, Hashable, Codable {
        public var asOf: Instant
        /// The year that ``CoverageMark/covered`` speaks of.
        public var year: Int
        public var people: Int
        public var credentials: Int
    }

    /// Reads a section; `nil` where the columns are not as long as the heading says.
    public init?(bytes: [UInt8]) {
        guard let end = bytes.prefix(1_000).firstIndex(of: UInt8(ascii: "\n")),
            let heading = try? CompactJSON.decode(Heading.self, from: bytes[..<end]),
            (0...CoverageList.most).contains(heading.people),
            (0...CoverageList.most).contains(heading.credentials),
            bytes.count - end - 1 == heading.people * 9 + heading.credentials
        else { return nil }
        self.heading = heading
        self.bytes = bytes
        hashes = end + 1
    }

    static let most = 5_000_000

    /// Makes the section: the same people give the same bytes.
    public static func encode(
        _ rows: [Row], asOf: Instant, key: CoverageKey
    ) throws -> [UInt8] {
        let sorted = rows.map { (key.hash($0.identity), $0.mark) }.sorted { $0.0 < $1.0 }
        let credentials = (rows.map(\.credential).filter((0..<most).contains).max() ?? -1) + 1
        let heading = Heading(
            asOf: asOf, year: asOf.day.year, people: rows.count, credentials: credentials)
        var bytes = try CompactJSON.encode(heading) + [UInt8(ascii: "\n")]
        bytes.reserveCapacity(bytes.count + rows.count * 9 + credentials)
        for (hash, _) in sorted {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: hash >> UInt64(shift)))
            }
        }
        bytes += sorted.map(\.1.rawValue)
        var marks = [UInt8](repeating: 0, count: credentials)
        for row in rows where marks.indices.contains(row.credential) {
            marks[row.credential] = row.mark.rawValue
        }
        return bytes + marks
    }

    /// One person as the county enters them.
    public struct Row: Sendable {
        public var identity: IdentityNumber
        public var credential: Int
        public var mark: CoverageMark

        public init(identity: IdentityNumber, credential: Int, mark: CoverageMark) {
            self.identity = identity
            self.credential = credential
            self.mark = mark
        }
    }

    /// The mark under an identity number; `nil` for a number the county does not know.
    public func mark(of identity: IdentityNumber, key: CoverageKey) -> CoverageMark? {
        let sought = key.hash(identity)
        var (low, high) = (0, heading.people)
        while low < high {
            let middle = (low + high) / 2
            let found = hash(at: middle)
            if found == sought { return mark(at: hashes + heading.people * 8 + middle) }
            if found < sought { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// The mark under a credential's index.
    public func mark(ofCredential index: Int) -> CoverageMark? {
        guard (0..<heading.credentials).contains(index) else { return nil }
        return mark(at: hashes + heading.people * 9 + index)
    }

    /// Whether a mark says that the fund pays in a year; `nil` for a year the list does not speak of.
    public func covers(_ mark: CoverageMark, in year: Int) -> Bool? {
        switch year - heading.year {
        case 0: mark.contains(.covered)
        case 1: mark.contains(.coveredNextYear)
        default: nil
        }
    }

    private func hash(at row: Int) -> UInt64 {
        let start = hashes + row * 8
        return bytes[start..<(start + 8)].reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func mark(at place: Int) -> CoverageMark? {
        let mark = CoverageMark(rawValue: bytes[place])
        return mark.contains(.known) ? mark : nil
    }
}

/// The county's key to its coverage list; it comes with the desk's assignment, never in the list.
///
/// Without the key a list says nothing. With it, identity numbers can be tried one by one: see
/// docs/bulletins.md for what that does and does not give away.
public struct CoverageKey: Sendable, Hashable {
    private let bytes: [UInt8]

    /// - Parameter hex: 32 bytes in hexadecimal.
    public init?(hex text: String) {
        guard let bytes = Fingerprint(hex: text)?.bytes else { return nil }
        self.bytes = Array(bytes)
    }

    func hash(_ identity: IdentityNumber) -> UInt64 {
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("coverage 1\n\(identity)".utf8), using: SymmetricKey(data: bytes))
        return code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
