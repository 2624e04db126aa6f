/// Takes a JSON text apart (RFC 8259).
struct JSONReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    private var nodes: [JSONText.Node] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        nodes.reserveCapacity(bytes.count / 6 + 4)
    }

    mutating func read() throws(JSONFault) -> [JSONText.Node] {
        try value(depth: 0)
        guard nextSignificant() == nil else { throw fault("more follows the value") }
        return nodes
    }

    private func fault(_ reason: String) -> JSONFault { JSONFault(at: at, reason) }

    /// The byte after white space; `nil` at the end.
    private mutating func nextSignificant() -> UInt8? {
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
                at += 1
            case let byte: return byte
            }
        }
        return nil
    }

    private mutating func value(depth: Int) throws(JSONFault) {
        guard let first = nextSignificant() else { throw fault("the text ends early") }
        switch first {
        case UInt8(ascii: "{"): try object(depth + 1)
        case UInt8(ascii: "["): try array(depth + 1)
        case UInt8(ascii: "\""): try text()
        case UInt8(ascii: "t"): try word("true", .yes)
        case UInt8(ascii: "f"): try word("false", .no)
        case UInt8(ascii: "n"): try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        default: throw fault("no value begins so")
        }
    }

    private mutating func add(_ kind: JSONText.Node.Kind, from start: Int) {
        nodes.append(
            JSONText.Node(
                kind: kind, start: UInt32(start), end: UInt32(at), next: UInt32(nodes.count + 1)))
    }

    /// Opens a container; it is closed when its children are known.
    private mutating func open(_ kind: JSONText.Node.Kind, _ depth: Int) throws(JSONFault) -> Int {
        guard depth <= JSONText.mostNesting else { throw fault("nested too deeply") }
        add(kind, from: at)
        at += 1
        return nodes.count - 1
    }

    private mutating func close(_ container: Int) {
        at += 1
        nodes[container].end = UInt32(at)
        nodes[container].next = UInt32(nodes.count)
    }

    private mutating func array(_ depth: Int) throws(JSONFault) {
        let container = try open(.array, depth)
        if nextSignificant() != UInt8(ascii: "]") {
            repeat { try value(depth: depth) } while try comma(or: UInt8(ascii: "]"))
        }
        close(container)
    }

    private mutating func object(_ depth: Int) throws(JSONFault) {
        let container = try open(.object, depth)
        if nextSignificant() != UInt8(ascii: "}") {
            repeat {
                guard nextSignificant() == UInt8(ascii: "\"") else { throw fault("no key") }
                try text()
                guard nextSignificant() == UInt8(ascii: ":") else { throw fault("no colon") }
                at += 1
                try value(depth: depth)
            } while try comma(or: UInt8(ascii: "}"))
        }
        close(container)
        try checkKeys(of: container)
    }

    /// Whether another child follows.
    private mutating func comma(or end: UInt8) throws(JSONFault) -> Bool {
        switch nextSignificant() {
        case UInt8(ascii: ","):
            at += 1
            return true
        case end: return false
        default: throw fault("neither a comma nor the end")
        }
    }

    private mutating func word(_ word: StaticString, _ kind: JSONText.Node.Kind) throws(JSONFault) {
        let (start, count) = (at, word.utf8CodeUnitCount)
        for offset in 0..<count {
            guard at < bytes.count, bytes[at] == word.utf8Start[offset] else {
                throw fault("no value begins so")
            }
            at += 1
        }
        add(kind, from: start)
    }

    private mutating func number() throws(JSONFault) {
        let start = at
        if bytes[at] == UInt8(ascii: "-") { at += 1 }
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[at - whole] != UInt8(ascii: "0") else {
            throw fault("no number")
        }
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            at += 1
            guard digits() > 0 else { throw fault("no number") }
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") {
                at += 1
            }
            guard digits() > 0 else { throw fault("no number") }
        }
        add(.number, from: start)
    }

    private mutating func digits() -> Int {
        let start = at
        while at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) {
            at += 1
        }
        return at - start
    }
}

extension JSONReader {
    private mutating func text() throws(JSONFault) {
        at += 1
        let start = at
        var (escaped, ascii) = (false, true)
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
            switch bytes[at] {
            case 0..<0x20: throw fault("a control character in a text")
            case UInt8(ascii: "\\"):
                escaped = true
                at += 1
            case 0x80...: ascii = false
            default: break
            }
            at += 1
        }
        guard at < bytes.count else { throw fault("the text ends early") }
        if !ascii {
            let content = UnsafeBufferPointer(rebasing: bytes[start..<at])
            guard String(validating: content, as: UTF8.self) != nil else {
                throw fault("no UTF-8")
            }
        }
        add(escaped ? .escaped : .plain, from: start)
        at += 1
    }

    /// Keys as we write them rise, and then none can be there twice; others are compared in pairs.
    private func checkKeys(of container: Int) throws(JSONFault) {
        var (key, previous) = (container + 1, container)
        while key < nodes.count {
            if previous > container, !precedes(previous, key) {
                try checkPairs(of: container)
                return
            }
            previous = key
            key = Int(nodes[key + 1].next)
        }
    }

    private func checkPairs(of container: Int) throws(JSONFault) {
        var seen: Set<String> = []
        var key = container + 1
        while key < nodes.count {
            // Compared as they read: an escape can spell a letter.
            guard let name = JSONText.text(of: nodes[key], in: bytes), seen.insert(name).inserted
            else { throw JSONFault(at: Int(nodes[key].start), "a key twice") }
            key = Int(nodes[key + 1].next)
        }
    }

    private func content(_ node: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
        bytes[Int(nodes[node].start)..<Int(nodes[node].end)]
    }

    private func precedes(_ a: Int, _ b: Int) -> Bool {
        nodes[a].kind == .plain && nodes[b].kind == .plain
            && content(a).lexicographicallyPrecedes(content(b))
    }
}
