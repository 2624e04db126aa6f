import CZstd

/// Why compressed bytes cannot be opened.
public enum CompressionFault: Error, Equatable, Sendable {
    case malformed
    /// Unpacks to more than the reader allows; refused before memory is spent.
    case tooLarge(limit: Int)
}

/// Compresses with Zstandard at a level that suits small texts sent over slow links.
public func compress(_ bytes: [UInt8], level: Int32 = 12) -> [UInt8] {
    var packed = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
    let size = ZSTD_compress(&packed, packed.count, bytes, bytes.count, level)
    precondition(ZSTD_isError(size) == 0, "the bound is large enough")
    return Array(packed.prefix(size))
}

/// Unpacks at most `limit` bytes.
public func decompress(_ packed: [UInt8], limit: Int) throws(CompressionFault) -> [UInt8] {
    let declared = ZSTD_getFrameContentSize(packed, packed.count)
    // The two largest values mean "unknown" and "error".
    guard declared < UInt64.max - 1 else { throw .malformed }
    guard declared <= UInt64(limit) else { throw .tooLarge(limit: limit) }
    var bytes = [UInt8](repeating: 0, count: Int(declared))
    let size = ZSTD_decompress(&bytes, bytes.count, packed, packed.count)
    guard ZSTD_isError(size) == 0, size == bytes.count else { throw .malformed }
    return bytes
}
