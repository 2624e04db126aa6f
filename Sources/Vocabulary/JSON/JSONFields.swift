/// The fields of one object, taken by name straight from the text.
///
/// A county's year is millions of entries, and the standard library's containers cost more than all
/// that is done with what they give. The few types of which a journal is full read themselves from
/// here; whatever is rarer is `Decodable` as usual, and may be asked for with ``optional(_:as:)``.
public struct JSONFields {
    private let object: JSONValue

    /// - Throws: where the value is no object, or is not read by ``CompactJSON``.
    public init(_ decoder: any Decoder) throws {
        guard let value = decoder as? JSONValue else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "read by CompactJSON alone")
            )
        }
        try self.init(value)
    }

    private init(_ value: JSONValue) throws {
        guard value.text.nodes[value.node].kind == .object else {
            throw value.mismatch([String: Any].self)
        }
        object = value
    }

    /// What stands under a name; `nil` where nothing does, or `null`.
    private func found(_ name: String) -> JSONValue? {
        guard let child = object.text.child(name, of: object.node), !object.text.isNull(child)
        else { return nil }
        return JSONValue(text: object.text, node: child)
    }

    private func needed(_ name: String) throws -> JSONValue {
        guard let value = found(name) else { throw fault("no \(name)") }
        return value
    }

    /// An error that names this object.
    public func fault(_ reason: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: object.codingPath, debugDescription: reason))
    }

    /// A text under a name.
    public func text(_ name: String) throws -> String { try needed(name).decode(String.self) }

    /// A text that one of a type's values is spelled as.
    @inlinable
    public func word<Value>(_ name: String, _ reads: (String) -> Value?) throws -> Value {
        let text = try text(name)
        guard let value = reads(text) else { throw fault("\(name): \"\(text)\" is none known") }
        return value
    }

    public func integer(_ name: String) throws -> Int { try needed(name).decode(Int.self) }

    public func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int {
        try within(range, name, integer(name))
    }

    /// A whole number that may be left out.
    public func optionalInteger(_ name: String) throws -> Int? {
        try found(name)?.decode(Int.self)
    }

    /// A whole number that may be left out, within a range.
    public func optionalInteger(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        try found(name).map { try within(range, name, $0.decode(Int.self)) }
    }

    private func within(_ range: ClosedRange<Int>, _ name: String, _ number: Int) throws -> Int {
        guard range.contains(number) else {
            throw fault("\(name): \(number) lies outside \(range)")
        }
        return number
    }

    /// Any other value that may be left out.
    public func optional<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value? {
        try found(name)?.decode(type)
    }

    /// A list of texts.
    public func texts(_ name: String) throws -> [String] {
        let list = try needed(name)
        guard list.text.nodes[list.node].kind == .array else { throw list.mismatch([String].self) }
        var texts: [String] = []
        try list.text.forEachElement(of: list.node) { element in
            texts.append(try JSONValue(text: list.text, node: element).decode(String.self))
        }
        return texts
    }

    /// A list of objects.
    @inlinable
    public func objects<Value>(
        _ name: String, _ reads: (JSONFields) throws -> Value
    ) throws -> [Value] {
        var values: [Value] = []
        try forEachObject(name) { values.append(try reads($0)) }
        return values
    }

    /// Hands over the objects of a list, one by one.
    public func forEachObject(
        _ name: String, _ take: (JSONFields) throws -> Void
    ) throws {
        let list = try needed(name)
        guard list.text.nodes[list.node].kind == .array else { throw list.mismatch([Any].self) }
        try list.text.forEachElement(of: list.node) { element in
            try take(try JSONFields(JSONValue(text: list.text, node: element)))
        }
    }

    /// A value for a type that is chosen by what stands beside it.
    public func decoder(_ name: String) throws -> any Decoder { try needed(name) }

    /// An object of the object.
    public func fields(_ name: String) throws -> JSONFields { try JSONFields(needed(name)) }

    /// Hands over the whole numbers of an object and their names; none where it is left out.
    public func numbers(
        _ name: String, in range: ClosedRange<Int>, _ take: (String, Int) throws -> Void
    ) throws {
        guard let numbers = found(name) else { return }
        let text = numbers.text
        guard text.nodes[numbers.node].kind == .object else {
            throw numbers.mismatch([String: Any].self)
        }
        try text.forEachChild(of: numbers.node) { key, value in
            guard let named = text.text(key) else { throw fault("\(name): a name is unreadable") }
            let number = try JSONValue(text: text, node: value).decode(Int.self)
            try take(named, within(range, named, number))
        }
    }
}

// What is in every entry.
extension JSONFields {
    public func money(_ name: String) throws -> Money {
        Money(fen: try integer(name, in: Money.journaled))
    }

    public func optionalMoney(_ name: String) throws -> Money? {
        try optionalInteger(name, in: Money.journaled).map { Money(fen: $0) }
    }

    public func instant(_ name: String) throws -> Instant {
        Instant(milliseconds: try integer(name, in: Instant.known))
    }

    public func day(_ name: String) throws -> Day { try word(name) { Day($0) } }

    /// Amounts of money under names of their own.
    public func moneys(_ name: String) throws -> [String: Money] {
        var moneys: [String: Money] = [:]
        try numbers(name, in: Money.journaled) { moneys[$0] = Money(fen: $1) }
        return moneys
    }
}
