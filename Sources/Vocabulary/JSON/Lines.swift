/// Text of one JSON value a line: how lists travel and lie in files, so that a row can be read,
/// compared and set aside by itself.
public enum Lines {
    public static func encode(_ rows: some Sequence<some Encodable>) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for row in rows {
            bytes += try CompactJSON.encode(row)
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    public static func decode<Row: Decodable>(
        _ type: Row.Type, from bytes: some Collection<UInt8>
    ) throws -> [Row] {
        try bytes.split(separator: UInt8(ascii: "\n")).map {
            try CompactJSON.decode(type, from: $0)
        }
    }
}
