import Testing
import Vocabulary

@testable import Printing

@Suite struct ESCPOSTests {
    @Test func `a small slip is these bytes`() {
        var slip = ESCPOS(paper: .narrow)
        slip.line("收据", align: .centre, style: .large)
        slip.line("No 7", style: .bold)
        slip.columns(left: "挂号", right: "0.50", width: 10)
        slip.feed(2)
        slip.cut()
        let expected = [
            "1b40 1c26",  // ESC @, FS &
            "1b6101 1d2111 cad5bedd 0a 1d2100 1b6100",  // centre, large, 收据
            "1b4501 4e6f2037 0a 1b4500",  // bold, No 7
            "b9d2bac5 2020 302e3530 0a",  // 挂号, two spaces, 0.50
            "1b6402 1d564200",  // feed, cut
        ]
        #expect(hex(slip.bytes) == expected.joined().filter { $0 != " " })
    }

    @Test(arguments: [(ESCPOS.Paper.narrow, 32), (.wide, 48)])
    func `a rule is as wide as the paper`(paper: ESCPOS.Paper, columns: Int) {
        var slip = ESCPOS(paper: paper)
        slip.rule()
        #expect(printed(slip) == String(repeating: "-", count: columns) + "\n")
    }

    @Test func `amounts stand at the right edge whatever stands at the left`() {
        for left in ["a", "阿莫西林胶囊", "维生素C片", "", "0.25g×24粒"] {
            var slip = ESCPOS()
            slip.columns(left: left, right: "12.50")
            let line = slip.bytes.dropFirst(4)
            // In GB18030 all of these take as many bytes as half-width columns.
            #expect(line.count == 49)
            #expect(Array(line.suffix(6)) == Array("12.50\n".utf8))
        }
    }

    @Test(arguments: [
        ("abc", "1.00", "abc 1.00\n"), ("abcd", "1.00", "abcd\n    1.00\n"),
        ("", "12345678", "\n12345678\n"), ("ab", "123456789", "ab\n123456789\n"),
    ])
    func `nothing is cut off where a line is too narrow`(
        left: String, right: String, expected: String
    ) {
        var slip = ESCPOS()
        slip.columns(left: left, right: right, width: 8)
        #expect(printed(slip) == expected)
    }

    static let characters: [(String, String)] = [
        ("A~", "417e"), ("村", "b4e5"), ("医", "d2bd"), ("€", "a2e3"), ("·", "a1a4"), ("￥", "a3a4"),
        // Rare characters in names: extension A in two bytes, extensions A and B in four.
        ("䶮", "fe9f"), ("㐂", "8139ef31"), ("𠀀", "95328236"),
        // Never a command, whatever a name carries.
        ("\u{1B}@\u{1D}V\n\u{7F}\u{85}", "3f403f563f3f3f"),
        ("😀", "3f"), ("a\u{200D}\u{FE0F}b", "6162"), ("\u{10FFFF}", "3f"),
    ]

    @Test(arguments: characters)
    func `characters become GB18030 or a question mark`(text: String, expected: String) {
        #expect(hex(GB18030.cells(of: text).joined()) == expected)
    }

    @Test(arguments: [(ESCPOS.Paper.narrow, 4), (.wide, 4)])
    func `a QR code is a raster in the middle`(paper: ESCPOS.Paper, scale: Int) throws {
        let code = try QRCode("HELLO WORLD")
        var slip = ESCPOS(paper: paper)
        slip.qr(code)
        let bitmap = code.bitmap(scale: scale)
        // 29 modules of four dots: 116 dots, 15 bytes a row.
        #expect(hex(slip.bytes.prefix(15)) == "1b401c261b61011d763000" + "0f007400")
        #expect(Array(slip.bytes.dropFirst(15).dropLast(3)) == Array(bitmap.rows.joined()))
        #expect(hex(slip.bytes.suffix(3)) == "1b6100")
    }

    @Test func `the largest QR code still fits the narrow paper`() throws {
        let code = try QRCode(String(repeating: "a", count: 2331))
        var slip = ESCPOS(paper: .narrow)
        slip.qr(code)
        let rowBytes = Int(slip.bytes[11]) | Int(slip.bytes[12]) << 8
        #expect(rowBytes * 8 <= 384)
    }

    private func printed(_ slip: ESCPOS) -> String {
        String(decoding: slip.bytes.dropFirst(4), as: UTF8.self)
    }
}
