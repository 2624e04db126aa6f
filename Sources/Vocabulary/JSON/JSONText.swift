/// A JSON text taken apart once: its bytes, and one flat list of what stands where.
///
/// Reading an entry is most of the county's work at night. A list of small records, in which the
/// children of a value follow it and it knows where they end, is read several times faster than a
/// tree of objects, and nothing is decoded that nobody asks for.
///
/// Strict: no key twice in an object (two readers could take different ones), no control characters
/// or broken UTF-8 in texts, nothing after the value, and nesting is bounded.
final class JSONText: Sendable {
    let bytes: [UInt8]
    let nodes: [Node]

    /// No message of ours is nested deeper; a hostile one would exhaust the stack.
    static let mostNesting = 64

    struct Node: Sendable {
        enum Kind: UInt8, Sendable {
            case null, no, yes, number
            /// A text without, and with, escapes; its range excludes the quotation marks.
            case plain, escaped
            /// Its children follow; of an object each key is followed by its value.
            case array, object
        }

        var kind: Kind
        var start: UInt32
        var end: UInt32
        /// The index of the first node that no longer belongs to this value.
        var next: UInt32
    }

    init(_ bytes: [UInt8]) throws(JSONFault) {
        guard bytes.count < UInt32.max else { throw JSONFault(at: 0, "the text is too long") }
        nodes = try bytes.withUnsafeBufferPointer { buffer throws(JSONFault) in
            var reader = JSONReader(buffer)
            return try reader.read()
        }
        self.bytes = bytes
    }
}

/// Why bytes are no JSON, and where.
struct JSONFault: Error {
    let offset: Int
    let reason: String

    init(at offset: Int, _ reason: String) {
        self.offset = offset
        self.reason = reason
    }
}
