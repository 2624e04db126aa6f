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

/// Compresses bytes as what differs from an older state of the same, which the reader holds too.
public func compress(_ bytes: [UInt8], from old: [UInt8], level: Int32 = 12) -> [UInt8] {
    guard let context = ZSTD_createCCtx() else { preconditionFailure("no memory for zstd") }
    defer { ZSTD_freeCCtx(context) }
    // The window reaches over all of both, or the beginning of the old would fall out of it.
    let window = Int32(Int.bitWidth - (bytes.count + old.count).leadingZeroBitCount)
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, min(max(window, 10), 27))
    ZSTD_CCtx_setParameter(context, ZSTD_c_enableLongDistanceMatching, 1)
    var packed = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
    let size = old.withUnsafeBytes { prefix in
        ZSTD_CCtx_refPrefix(context, prefix.baseAddress, prefix.count)
        return ZSTD_compress2(context, &packed, packed.count, bytes, bytes.count)
    }
    precondition(ZSTD_isError(size) == 0, "the bound is large enough")
    return Array(packed.prefix(size))
}

/// Unpacks exactly `size` bytes out of what differs from `old`.
///
/// Nothing beside the result is allocated that the packed bytes could choose the size of: both ends
/// lie in memory whole, so no window is kept.
public func decompress(
    _ packed: [UInt8], from old: [UInt8], size: Int
) throws(CompressionFault) -> [UInt8] {
    let declared = ZSTD_getFrameContentSize(packed, packed.count)
    guard declared < UInt64.max - 1 else { throw .malformed }
    guard declared <= UInt64(size) else { throw .tooLarge(limit: size) }
    guard declared == UInt64(size), packed.count <= ZSTD_compressBound(size),
        let context = ZSTD_createDCtx()
    else { throw .malformed }
    defer { ZSTD_freeDCtx(context) }
    var bytes = [UInt8](repeating: 0, count: size)
    let unpacked = old.withUnsafeBytes { prefix in
        ZSTD_DCtx_refPrefix(context, prefix.baseAddress, prefix.count)
        return ZSTD_decompressDCtx(context, &bytes, bytes.count, packed, packed.count)
    }
    guard ZSTD_isError(unpacked) == 0, unpacked == size else { throw .malformed }
    return bytes
}
