/// The few printer commands we use, under the names of the command reference.
enum Command {
    private static let (esc, fs, gs): (UInt8, UInt8, UInt8) = (0x1B, 0x1C, 0x1D)

    /// `ESC @`.
    static let initialise: [UInt8] = [esc, UInt8(ascii: "@")]
    /// `FS &`.
    static let chineseMode: [UInt8] = [fs, UInt8(ascii: "&")]
    /// `LF`.
    static let newLine: [UInt8] = [0x0A]
    /// `GS V 66 0`: feed to the knife, partial cut.
    static let cut: [UInt8] = [gs, UInt8(ascii: "V"), 66, 0]

    /// `ESC a n`.
    static func align(_ alignment: ESCPOS.Alignment) -> [UInt8] {
        [esc, UInt8(ascii: "a"), alignment.rawValue]
    }

    /// `ESC d n`.
    static func feed(_ lines: UInt8) -> [UInt8] { [esc, UInt8(ascii: "d"), lines] }

    /// `ESC E 1` for bold, `GS ! 17` for twice the size.
    static func on(_ style: ESCPOS.Style) -> [UInt8] { set(style, bold: 1, size: 0x11) }

    /// Back to plain.
    static func off(_ style: ESCPOS.Style) -> [UInt8] { set(style, bold: 0, size: 0) }

    /// `GS v 0`: a picture of `width` bytes by `height` dots; its rows follow.
    static func raster(width: Int, height: Int) -> [UInt8] {
        [gs, UInt8(ascii: "v"), UInt8(ascii: "0"), 0] + count(width) + count(height)
    }

    private static func set(_ style: ESCPOS.Style, bold: UInt8, size: UInt8) -> [UInt8] {
        switch style {
        case .plain: []
        case .bold: [esc, UInt8(ascii: "E"), bold]
        case .large: [gs, UInt8(ascii: "!"), size]
        }
    }

    private static func count(_ number: Int) -> [UInt8] {
        [UInt8(number & 0xFF), UInt8(number >> 8)]
    }
}
