import CQREncode
import Glibc

/// Why a text has no QR code.
public enum QRFault: Error, Hashable, Sendable {
    /// No text; there is no symbol for nothing.
    case empty
    /// More than the largest symbol (version 40) holds at this level.
    case tooLong
    /// Contains a zero character, at which the encoder would stop and draw a part.
    case zeroCharacter
    /// The encoder found no memory, or failed for a reason of its own; carries its error number.
    case encoder(Int32)
}

/// A QR code: a square of dark and light modules.
///
/// Digits, and capital letters with the signs of base45, take the short modes of the standard;
/// everything else is written as UTF-8 bytes. Source: ISO/IEC 18004, drawn by libqrencode.
public struct QRCode: Hashable, Sendable {
    /// How much of the symbol may be spoilt and still be read.
    public enum Level: Hashable, Sendable {
        /// About 7 in 100.
        case low
        /// About 15 in 100; what slips and cards use.
        case medium
        /// About 25 in 100.
        case quartile
        /// About 30 in 100.
        case high
    }

    /// Rows from top to bottom, each from left to right; true is dark. Without the quiet zone.
    public let modules: [[Bool]]
    /// 1 … 40; each step is four modules wider.
    public let version: Int

    /// Modules on one side, without the quiet zone.
    public var size: Int { modules.count }

    /// Light modules that the standard requires on every side.
    public static let quietZone = 4

    /// Draws the smallest symbol that holds `text`.
    public init(_ text: String, level: Level = .medium) throws(QRFault) {
        guard !text.isEmpty else { throw .empty }
        guard !text.utf8.contains(0) else { throw .zeroCharacter }
        guard let code = QRcode_encodeString(text, 0, level.code, QR_MODE_8, 1) else {
            throw errno == ERANGE ? .tooLong : .encoder(errno)
        }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        let cells = UnsafeBufferPointer(start: code.pointee.data, count: width * width)
        modules = stride(from: 0, to: cells.count, by: width).map { start in
            cells[start..<start + width].map { $0 & 1 == 1 }
        }
        version = Int(code.pointee.version)
    }

    /// The symbol as an SVG of `module` pixels a module: a light ground with the quiet zone, and
    /// one path; nothing is fetched from elsewhere.
    public func svg(module: Int = 4) -> String {
        let side = size + 2 * QRCode.quietZone
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(side * module)" \
            height="\(side * module)" viewBox="0 0 \(side) \(side)" \
            shape-rendering="crispEdges"><rect width="\(side)" height="\(side)" fill="#fff"/>\
            <path fill="#000" d="\(path)"/></svg>
            """
    }

    /// The symbol with its quiet zone, `scale` dots a module.
    public func bitmap(scale: Int) -> Bitmap {
        precondition((1...64).contains(scale), "a module is 1 to 64 dots")
        let side = (size + 2 * QRCode.quietZone) * scale
        var bitmap = Bitmap(width: side, height: side)
        for (row, line) in modules.enumerated() {
            for (column, isDark) in line.enumerated() where isDark {
                bitmap.darken(
                    x: (column + QRCode.quietZone) * scale, y: (row + QRCode.quietZone) * scale,
                    side: scale)
            }
        }
        return bitmap
    }

    /// The symbol with its quiet zone as a PNG file, `scale` pixels a module.
    public func png(scale: Int) -> [UInt8] { bitmap(scale: scale).png }

    /// One closed box for each run of dark modules in a row.
    private var path: String {
        var path = ""
        for (row, line) in modules.enumerated() {
            var column = 0
            while column < size {
                let run = line[column...].prefix { $0 }.count
                if run > 0 {
                    let (x, y) = (column + QRCode.quietZone, row + QRCode.quietZone)
                    path += "M\(x) \(y)h\(run)v1h-\(run)z"
                }
                column += run + 1
            }
        }
        return path
    }
}

extension QRCode.Level {
    fileprivate var code: QRecLevel {
        switch self {
        case .low: QR_ECLEVEL_L
        case .medium: QR_ECLEVEL_M
        case .quartile: QR_ECLEVEL_Q
        case .high: QR_ECLEVEL_H
        }
    }
}
