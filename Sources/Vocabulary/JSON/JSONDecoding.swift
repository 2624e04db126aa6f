import Foundation

/// One value of a ``JSONText`` as the standard library's `Decodable` types want to see it.
///
/// Where a value stands is worked out from the text when an error has to say it, so that reading
/// what is in order costs nothing for it.
struct JSONValue: Decoder, SingleValueDecodingContainer {
    let text: JSONText
    let node: Int

    var userInfo: [CodingUserInfoKey: Any] { [:] }
    var codingPath: [any CodingKey] { text.path(to: node) }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard text.nodes[node].kind == .object else { throw mismatch([String: Any].self) }
        return KeyedDecodingContainer(JSONObject(text: text, node: node))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard text.nodes[node].kind == .array else { throw mismatch([Any].self) }
        return JSONArray(text: text, node: node)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { text.isNull(node) }
    func decode(_ type: Bool.Type) throws -> Bool { try found(text.truth(node)) }
    func decode(_ type: String.Type) throws -> String { try found(text.text(node)) }
    func decode(_ type: Double.Type) throws -> Double { try found(text.double(node)) }
    func decode(_ type: Float.Type) throws -> Float { try found(text.double(node).map(Float.init)) }
    func decode(_ type: Int.Type) throws -> Int { try found(text.integer(node, as: type)) }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        // Foundation's own coding of a decimal is not how JSON writes a number.
        if type == Decimal.self, let value = try found(text.decimal(node)) as? Value {
            return value
        }
        return try Value(from: self)
    }

    private func found<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw mismatch(Value.self) }
        return value
    }

    func mismatch(_ type: Any.Type) -> DecodingError {
        let context = DecodingError.Context(
            codingPath: codingPath, debugDescription: "expected \(type), found \(kindWords)")
        return text.isNull(node) ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }

    private var kindWords: String {
        switch text.nodes[node].kind {
        case .null: "null"
        case .no, .yes: "a truth value"
        case .number: "a number that does not fit, or a number"
        case .plain, .escaped: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

// The other widths of integers, for types that ask for them.
extension JSONValue {
    func decode(_ type: Int8.Type) throws -> Int8 { try found(text.integer(node, as: type)) }
    func decode(_ type: Int16.Type) throws -> Int16 { try found(text.integer(node, as: type)) }
    func decode(_ type: Int32.Type) throws -> Int32 { try found(text.integer(node, as: type)) }
    func decode(_ type: Int64.Type) throws -> Int64 { try found(text.integer(node, as: type)) }
    func decode(_ type: UInt.Type) throws -> UInt { try found(text.integer(node, as: type)) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try found(text.integer(node, as: type)) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try found(text.integer(node, as: type)) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try found(text.integer(node, as: type)) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try found(text.integer(node, as: type)) }
}

struct JSONObject<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let text: JSONText
    let node: Int

    var codingPath: [any CodingKey] { text.path(to: node) }
    var allKeys: [Key] {
        text.children(of: node).compactMap { text.text($0.key) }.compactMap(Key.init)
    }

    func contains(_ key: Key) -> Bool { text.child(key.stringValue, of: node) != nil }

    private func value(_ key: Key) throws -> JSONValue {
        guard let child = text.child(key.stringValue, of: node) else {
            throw DecodingError.keyNotFound(
                key, .init(codingPath: codingPath, debugDescription: "no \(key.stringValue)"))
        }
        return JSONValue(text: text, node: child)
    }

    func decodeNil(forKey key: Key) throws -> Bool { try value(key).decodeNil() }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        try value(key).decode(type)
    }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        try value(key).decode(type)
    }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try value(key).decode(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(key).decode(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try value(key).decode(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try value(key).decode(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try value(key).decode(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try value(key).decode(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try value(key).decode(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try value(key).decode(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
        try value(key).decode(type)
    }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
        try value(key).decode(type)
    }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
        try value(key).decode(type)
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try value(key).decode(type)
    }

    // One look-up instead of the three that the default makes.
    func decodeIfPresent<Value: Decodable>(
        _ type: Value.Type, forKey key: Key
    ) throws -> Value? {
        guard let child = text.child(key.stringValue, of: node), !text.isNull(child) else {
            return nil
        }
        return try JSONValue(text: text, node: child).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try value(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try value(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { JSONValue(text: text, node: node) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try value(key) }
}

struct JSONArray: UnkeyedDecodingContainer {
    let text: JSONText
    let node: Int
    private var next: Int
    private(set) var currentIndex = 0

    init(text: JSONText, node: Int) {
        self.text = text
        self.node = node
        next = node + 1
    }

    var codingPath: [any CodingKey] { text.path(to: node) }
    /// Only walking through all would tell.
    var count: Int? { nil }
    var isAtEnd: Bool { next >= Int(text.nodes[node].next) }

    private mutating func step() throws -> JSONValue {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                Any.self, .init(codingPath: codingPath, debugDescription: "the list ends early"))
        }
        let value = JSONValue(text: text, node: next)
        next = Int(text.nodes[next].next)
        currentIndex += 1
        return value
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, text.isNull(next) else { return false }
        _ = try step()
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try step().decode(type)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { try step().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try step().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try step() }
}
