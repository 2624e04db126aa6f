import Foundation
import Vocabulary

/// What lies inside an envelope: named pieces of bytes. The names are ours and never become paths.
///
/// One line of JSON with names and sizes, then the pieces.
public struct StickContents: Sendable, Equatable {
    public private(set) var pieces: [Piece]

    public struct Piece: Sendable, Equatable {
        public let name: String
        public let bytes: [UInt8]
    }

    private struct Line: Codable {
        let name: String
        let size: Int
    }

    public static let mostPieces = 4_096

    public init() { pieces = [] }

    public mutating func add(_ name: String, _ bytes: [UInt8]) {
        pieces.append(Piece(name: name, bytes: bytes))
    }

    public func piece(_ name: String) -> [UInt8]? { pieces.first { $0.name == name }?.bytes }

    /// Pieces whose names begin alike, in the order they were written.
    public func pieces(under prefix: String) -> [[UInt8]] {
        pieces.filter { $0.name.hasPrefix(prefix) }.map(\.bytes)
    }

    var bytes: [UInt8] {
        get throws {
            let lines = pieces.map { Line(name: $0.name, size: $0.bytes.count) }
            return try CompactJSON.encode(lines) + [0x0A] + pieces.flatMap(\.bytes)
        }
    }

    init(bytes: [UInt8]) throws(StickFault) {
        guard let end = bytes.firstIndex(of: 0x0A),
            let lines = try? CompactJSON.decode([Line].self, from: bytes[..<end]),
            lines.count <= StickContents.mostPieces
        else { throw .cutOrDamaged }
        pieces = []
        var rest = bytes[(end + 1)...]
        for line in lines {
            guard line.size >= 0, line.size <= rest.count else { throw .cutOrDamaged }
            pieces.append(Piece(name: line.name, bytes: Array(rest.prefix(line.size))))
            rest = rest.dropFirst(line.size)
        }
        guard rest.isEmpty else { throw .cutOrDamaged }
    }

    /// What the pieces are called.
    public enum Name {
        public static let registration = "registration"
        public static let certificate = "certificate"
        /// The county's word for one of a device's journals.
        public static func acknowledgement(_ journal: KioskID) -> String {
            "acknowledgement/\(journal)"
        }
        public static let provision = "provision"
        public static let parcels = "parcel/"
        public static func parcel(_ sequence: Int) -> String { parcels + "\(sequence)" }
        /// Parcels of journals that the device has set aside.
        public static let asides = "aside/"
        public static func aside(_ journal: KioskID, _ sequence: Int) -> String {
            asides + "\(journal)/\(sequence)"
        }
        /// Parcels of a broken device's journal, as the county holds it.
        public static let journal = "journal/"
        public static func root(_ version: Int) -> String { "root/\(version)" }
        public static func manifest(_ role: DocumentRole) -> String { "manifest/\(role.rawValue)" }
        public static func section(_ digest: String) -> String { "section/\(digest)" }
    }
}

extension Carrier {
    /// Bulletins out of a stick; parcels leave on one, they are not handed over here.
    public static func stick(_ contents: StickContents) -> Carrier {
        Carrier(
            send: { _ in throw StickFault.wrongDirection(.fromCounty) },
            manifest: { role in
                guard let bytes = contents.piece(StickContents.Name.manifest(role)) else {
                    throw StickFault.missing(role.rawValue)
                }
                return bytes
            },
            section: { digest in
                guard let bytes = contents.piece(StickContents.Name.section("\(digest)")) else {
                    throw StickFault.missing("\(digest)")
                }
                return bytes
            },
            root: { contents.piece(StickContents.Name.root($0)) })
    }
}
