/// A picture of dark and light dots, one bit a dot.
public struct Bitmap: Hashable, Sendable {
    /// Dots in a row.
    public let width: Int
    /// Rows.
    public let height: Int
    /// Each row in whole bytes, leftmost dot in the highest bit, 1 is dark; dots that fill up the
    /// last byte are light.
    public private(set) var rows: [[UInt8]]

    /// All light.
    public init(width: Int, height: Int) {
        precondition(width > 0 && height > 0, "a picture has dots")
        self.width = width
        self.height = height
        let row = [UInt8](repeating: 0, count: (width + 7) / 8)
        rows = Array(repeating: row, count: height)
    }

    /// Whether a dot is dark; counted from the top left.
    public func isDark(x: Int, y: Int) -> Bool { rows[y][x / 8] & (0x80 >> UInt8(x % 8)) != 0 }

    mutating func darken(x: Int, y: Int, side: Int) {
        for row in y..<y + side {
            for column in x..<x + side { rows[row][column / 8] |= 0x80 >> UInt8(column % 8) }
        }
    }
}
