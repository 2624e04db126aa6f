import Foundation

/// The one way the product writes JSON that is hashed or signed: compact, keys sorted, whole
/// numbers, so that the same value gives the same bytes on every machine and can be read without us
/// in thirty years.
public enum CompactJSON {
    public static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    public static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: some Collection<UInt8>
    ) throws -> Value {
        let text: JSONText
        do { text = try JSONText(Array(bytes)) } catch {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "byte \(error.offset): \(error.reason)"))
        }
        return try JSONValue(text: text, node: 0).decode(type)
    }
}
