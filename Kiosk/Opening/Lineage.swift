import Collecting
import Foundation
import Hosting
import Vocabulary

/// Which journals this device has kept and how far its receipts are used: the little that must
/// outlive a damaged journal, in a file of its own that names nobody.
struct Lineage: Codable, Equatable {
    /// The number of the journal in use: 1, and one more each time one was set aside.
    var journal = 1
    /// The highest number whose file was begun: an absent file of it is a loss, not a beginning.
    var begun = 0
    var shelfBegun = false
    /// Highest receipt number used by block, written before the receipt is.
    var used: [String: Int] = [:]
    /// What earlier journals used; the one in use goes on behind it.
    var before: [String: Int] = [:]
    /// Files being moved: decided, perhaps not yet done when the power went.
    var pending: Aside?
    /// All that was ever set aside; never forgotten.
    var asides: [Aside] = []

    static func path(in folder: String) -> String { folder + "/lineage.json" }

    /// - Returns: `nil` on a device that kept none yet: new, or of an earlier version.
    static func read(in folder: String) throws -> Lineage? {
        let path = path(in: folder)
        guard exists(path) else { return nil }
        return try CompactJSON.decode(Lineage.self, from: try readFile(path, limit: 1 << 20))
    }

    func write(in folder: String) throws {
        try writeFile(Lineage.path(in: folder), try CompactJSON.encode(self), secret: true)
    }

    static func key(of block: ReceiptBlock) -> String { "\(block.code)-\(block.first)" }

    /// Where the journal in use goes on in a block; `nil` for a block nobody has used.
    func lastReceipt(in block: ReceiptBlock, of journal: Int?) -> Int? {
        [journal, before[Lineage.key(of: block)]].compactMap { $0 }.max()
    }

    /// Starts the next journal behind all that was used.
    ///
    /// - Parameter unknown: blocks of which nobody knows any more how far they were used; no number
    ///   of theirs is given out again.
    mutating func next(unknown blocks: [ReceiptBlock]) {
        for block in blocks { used[Lineage.key(of: block)] = block.last }
        before = used
        journal += 1
    }
}

/// A file that was set aside, kept for ever under a name with the time.
struct Aside: Codable, Equatable, Sendable {
    enum Reason: String, Codable, Sendable {
        case damaged
        /// The file was gone or empty; there is nothing to keep but the fact.
        case lost
        /// No key opens it, and the operator said to go on without.
        case keyLost
        /// The operator said to go on in a new journal: the county found a fork.
        case asked
    }

    /// "journal" or "shelf".
    var what: String
    /// Which of the device's journals it was.
    var journal: Int
    /// Its name in the folder `set-aside`.
    var file: String
    var at: Instant
    var reason: Reason
    /// What was found, for support.
    var detail: String
    /// How many entries the file was seen to hold, and how many of them the county has signed for.
    var entries: Int?
    var signed: Int?
    /// When the county said so.
    var signedAt: Instant?
    /// Whether the county has all that could still be read.
    var isRescued: Bool?
}
