import Testing
import Vocabulary

@testable import Scanning

@Suite struct ScanTests {
    static let names: [(String, String)] = [
        ("李桂华", "李桂华"), ("  李桂华\r\n", "李桂华"), ("lgh", "lgh"), ("ＬＧＨ", "LGH"),
        ("　lgh　", "lgh"), ("阿卜杜热合曼·阿卜杜拉", "阿卜杜热合曼·阿卜杜拉"), ("𬭎", "𬭎"),
        ("王", "王"), ("l", "l"),
        (String(repeating: "木", count: 40), String(repeating: "木", count: 40)),
        // Twenty signs that are not all digits, and a name with a digit.
        ("abcdefghijklmnopqrst", "abcdefghijklmnopqrst"), ("李桂华2", "李桂华2"),
    ]

    @Test(arguments: names)
    func `a name is kept as typed, in half width`(typed: String, name: String) throws {
        #expect(try interpret(typed) == .name(name))
    }

    @Test(arguments: [
        "51130000001000482113", "５１１３００００００１０００４８２１１３", " 5113 0000 0010 0048 2113\n",
    ])
    func `twenty digits are a person number`(typed: String) throws {
        let number = try #require(PersonNumber(rawValue: "51130000001000482113"))
        #expect(try interpret(typed) == .personNumber(number))
    }

    @Test(arguments: [
        "11010519491231002X", "11010519491231002x", "１１０１０５１９４９１２３１００２ｘ",
        "\t110105 19491231 002X\r",
    ])
    func `an identity number is read however it is typed`(typed: String) throws {
        #expect(try interpret(typed) == .identityNumber(try IdentityNumber("11010519491231002X")))
    }

    static let refused: [(String, ScanFault)] = [
        ("", .empty), (" \t\r\n　", .empty),
        (String(repeating: "a", count: 701), .tooLong),
        (String(repeating: " ", count: 701), .tooLong),
        ("李\u{1B}@", .controlCharacter), ("a\nb", .controlCharacter), ("\u{0}", .controlCharacter),
        ("李\u{202E}华", .controlCharacter), ("\u{FEFF}lgh", .controlCharacter),
        // The last, a middle, the birth date, the count.
        ("110105194912310021", .identity(.checkCharacter)),
        ("1101051949123100O2", .identity(.character)),
        ("110105194913310020", .identity(.birthDate)),
        ("11010519491231002", .identity(.length(17))),
        ("110105491231002", .identity(.length(15))),
        ("11010519491231O02X", .identity(.character)),
        (String(repeating: "1", count: 28), .nationalCode),
        (String(repeating: "１", count: 28), .nationalCode),
        ("13800138000", .unrecognised), (String(repeating: "1", count: 19), .unrecognised),
        (String(repeating: "1", count: 29), .unrecognised), ("…？！", .unrecognised),
        (String(repeating: "木", count: 41), .unrecognised), ("😀", .unrecognised),
        ("NB1:", .credential(.malformed(where: "cbor"))),
        ("ＮＢ１：GGX", .credential(.malformed(where: "base45"))),
        ("NB1:李桂华", .credential(.malformed(where: "base45"))),
    ]

    @Test(arguments: refused)
    func `what means nothing is refused with its cause`(typed: String, fault: ScanFault) {
        #expect(throws: fault) { try interpret(typed) }
    }

    @Test func `a credential is read as scanned, in full width, and under Caps Lock`() throws {
        let text = try Sample.text()
        let expected = Scan.credential(try SignedCredential(scanned: text))
        let wide = String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    scalar == " " ? "　" : Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar
                }))
        for typed in [text, text + "\r\n", "  " + text, text.lowercased(), wide] {
            #expect(try interpret(typed) == expected)
        }
    }
}
