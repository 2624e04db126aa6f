import Glibc

/// The character set of receipt printers sold in China.
///
/// Source: GB 18030-2022; the table is the C library's.
enum GB18030 {
    /// One list of bytes for each character that is printed.
    ///
    /// Controls become "?", so that no name or drug can carry a printer command; so does what the
    /// set has no sign for, pictographs included, which printers have no dots for. Characters
    /// without any look of their own (joiners, variation selectors) are dropped.
    static func cells(of text: String) -> [[UInt8]] {
        let converter = iconv_open("GB18030", "UTF-8")
        // Without its table the C library answers −1; ASCII, and so every amount, still prints.
        let isOpen = converter != iconv_t(bitPattern: -1)
        defer { if isOpen { iconv_close(converter) } }
        return text.unicodeScalars.compactMap { scalar in
            if scalar.properties.isDefaultIgnorableCodePoint { return nil }
            if scalar.isASCII { return [isControl(scalar) ? unknown : UInt8(scalar.value)] }
            guard isOpen, isPrintable(scalar), let cell = convert(scalar, with: converter) else {
                return [unknown]
            }
            return cell
        }
    }

    /// Half-width columns of a character: in Chinese mode the printer draws everything of more than
    /// one byte in full width.
    static func columns(of cell: [UInt8]) -> Int { cell.count == 1 ? 1 : 2 }

    private static let unknown = UInt8(ascii: "?")

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        !isControl(scalar) && (scalar.value <= 0xFFFF || scalar.properties.isIdeographic)
    }

    private static func convert(_ scalar: Unicode.Scalar, with converter: iconv_t?) -> [UInt8]? {
        var input = Array(String(scalar).utf8CString.dropLast())
        var output = [CChar](repeating: 0, count: 8)
        var (inputLeft, outputLeft) = (input.count, output.count)
        let result = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var (from, to) = (source.baseAddress, target.baseAddress)
                return iconv(converter, &from, &inputLeft, &to, &outputLeft)
            }
        }
        // Zero: nothing failed and nothing was replaced by something similar.
        guard result == 0, inputLeft == 0 else { return nil }
        return output.dropLast(outputLeft).map { UInt8(bitPattern: $0) }
    }
}
