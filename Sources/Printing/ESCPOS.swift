/// The bytes of a slip for a thermal receipt printer, put together line by line.
///
/// Commands are those that Epson's ESC/POS and its Chinese likes share: `ESC @`, `FS &`, `ESC a`,
/// `ESC E`, `GS !`, `GS v 0`, `ESC d`, `GS V`. Text is GB18030; what has no sign there prints as
/// "?" and nothing here fails. Source: ESC/POS command reference.
public struct ESCPOS: Hashable, Sendable {
    /// Width of the roll, at 8 dots to the millimetre.
    public enum Paper: Hashable, Sendable {
        /// 58 mm: 384 dots, 32 half-width columns.
        case narrow
        /// 80 mm: 576 dots, 48 half-width columns.
        case wide

        /// Half-width characters in a line of plain size.
        public var columns: Int { self == .narrow ? 32 : 48 }
        /// Dots in a line.
        public var dots: Int { self == .narrow ? 384 : 576 }
    }

    /// Where a line stands.
    public enum Alignment: UInt8, Sendable {
        /// At the left edge, at equal distance from both, at the right edge.
        case left, centre, right
    }

    /// How a line looks.
    public enum Style: Hashable, Sendable {
        /// Neither of the two below.
        case plain
        /// Heavier strokes, same width.
        case bold
        /// Twice as wide and twice as high, so half as many columns.
        case large
    }

    /// The roll the slip is made for.
    public let paper: Paper
    /// All that is to be sent to the printer, in order.
    public private(set) var bytes: [UInt8]

    /// Begins a slip: the printer forgets earlier settings and reads Chinese.
    public init(paper: Paper = .wide) {
        self.paper = paper
        bytes = Command.initialise + Command.chineseMode
    }

    /// Prints one line; what is longer than the paper is wrapped by the printer.
    public mutating func line(
        _ text: String, align: Alignment = .left, style: Style = .plain
    ) {
        aligned(align) { slip in
            slip.bytes += Command.on(style)
            slip.bytes += GB18030.cells(of: text).joined() + Command.newLine
            slip.bytes += Command.off(style)
        }
    }

    /// Prints one text at the left and one at the right edge of the same line.
    ///
    /// `width` counts half-width columns and is the paper's where none is given; a Chinese
    /// character takes two. Where both do not fit with a space between them, the right text (an
    /// amount, as a rule) goes to the right edge of the next line; nothing is cut off.
    public mutating func columns(left: String, right: String, width: Int? = nil) {
        let width = width ?? paper.columns
        let (leftCells, rightCells) = (GB18030.cells(of: left), GB18030.cells(of: right))
        let (leftWidth, rightWidth) = (columns(of: leftCells), columns(of: rightCells))
        let fits = leftWidth + 1 + rightWidth <= width
        bytes += leftCells.joined()
        if !fits { bytes += Command.newLine }
        bytes += spaces(width - rightWidth - (fits ? leftWidth : 0))
        bytes += rightCells.joined() + Command.newLine
    }

    /// Prints a line of hyphens across the paper.
    public mutating func rule() { line(String(repeating: "-", count: paper.columns)) }

    /// Prints a QR code in the middle, with its quiet zone.
    ///
    /// A module is four dots (0.5 mm), which a worn print head still separates, or as many as fit.
    public mutating func qr(_ code: QRCode) {
        let modules = code.size + 2 * QRCode.quietZone
        let bitmap = code.bitmap(scale: min(4, paper.dots / modules))
        aligned(.centre) { slip in
            slip.bytes += Command.raster(width: bitmap.rows[0].count, height: bitmap.height)
            slip.bytes += bitmap.rows.joined()
        }
    }

    /// Moves the paper on by 1 to 255 lines.
    public mutating func feed(_ lines: UInt8 = 3) { bytes += Command.feed(lines) }

    /// Moves the paper to the knife and cuts it but for one point; a printer without a knife only
    /// feeds.
    public mutating func cut() { bytes += Command.cut }

    private mutating func aligned(_ align: Alignment, _ print: (inout ESCPOS) -> Void) {
        // Set back at once, so that no line depends on the one before it.
        if align != .left { bytes += Command.align(align) }
        print(&self)
        if align != .left { bytes += Command.align(.left) }
    }

    private func columns(of cells: [[UInt8]]) -> Int {
        cells.reduce(0) { $0 + GB18030.columns(of: $1) }
    }

    private func spaces(_ count: Int) -> [UInt8] {
        Array(repeating: UInt8(ascii: " "), count: max(0, count))
    }
}
