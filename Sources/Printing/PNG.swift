extension Bitmap {
    /// The picture as a PNG file, black on white, one bit a dot.
    ///
    /// It is stored without compression, so that no compressor has to be trusted or linked; a QR
    /// code is some kilobytes all the same. Source: PNG (ISO/IEC 15948), zlib (RFC 1950), deflate
    /// (RFC 1951 §3.2.4).
    public var png: [UInt8] {
        let bitDepthOneGreyscale: [UInt8] = [1, 0, 0, 0, 0]
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        return signature
            + chunk("IHDR", bigEndian(width) + bigEndian(height) + bitDepthOneGreyscale)
            // In a PNG 1 is light, and 0 before each row means that the row is not filtered.
            + chunk("IDAT", zlib(rows.flatMap { [0] + $0.map { ~$0 } }))
            + chunk("IEND", [])
    }
}

private func chunk(_ kind: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(kind.utf8) + content
    return bigEndian(content.count) + body + bigEndian(Int(crc32(body)))
}

/// The zlib wrapping around blocks that are stored as they are.
private func zlib(_ content: [UInt8]) -> [UInt8] {
    let largestBlock = 0xFFFF
    var stream: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: content.count, by: largestBlock) {
        let end = min(start + largestBlock, content.count)
        let length = UInt16(end - start)
        stream.append(end == content.count ? 1 : 0)
        stream += littleEndian(length) + littleEndian(~length)
        stream += content[start..<end]
    }
    return stream + bigEndian(Int(adler32(content)))
}

/// Source: RFC 1950 §8.2.
func adler32(_ bytes: [UInt8]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
        a = (a + UInt32(byte)) % 65_521
        b = (b + a) % 65_521
    }
    return b << 16 | a
}

/// Source: PNG, annex D.
func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { crcTable[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
}

private let crcTable: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { rest, _ in
        rest & 1 == 1 ? 0xEDB8_8320 ^ (rest >> 1) : rest >> 1
    }
}

private func bigEndian(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
}

private func littleEndian(_ number: UInt16) -> [UInt8] {
    [UInt8(number & 0xFF), UInt8(number >> 8)]
}
