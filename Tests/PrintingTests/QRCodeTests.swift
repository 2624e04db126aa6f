import Crypto
import Foundation
import Scanning
import Testing
import Vocabulary

@testable import Printing

private let zbarimg = "/usr/bin/zbarimg"

private let scannerIsHere = ConditionTrait.enabled(
    if: FileManager.default.isExecutableFile(atPath: zbarimg),
    "zbarimg is not installed (package zbar-tools): no scanner reads the pictures")

@Suite struct QRCodeTests {
    @Test func `the smallest symbol is chosen and its corners are finders`() throws {
        let code = try QRCode("HELLO WORLD")
        #expect(code.version == 1)
        #expect(code.size == 21)
        #expect(code.modules.allSatisfy { $0.count == 21 })
        let finder: [Bool] = [true, true, true, true, true, true, true, false]
        #expect(Array(code.modules[0].prefix(8)) == finder)
        #expect(Array(code.modules[0].suffix(8)) == finder.reversed())
        #expect(Array(code.modules[20].prefix(8)) == finder)
    }

    @Test func `a higher level takes a larger symbol`() throws {
        let text = String(repeating: "A", count: 100)
        let versions = try [QRCode.Level.low, .medium, .quartile, .high].map {
            try QRCode(text, level: $0).version
        }
        #expect(versions == [4, 5, 6, 8])
    }

    @Test(arguments: [
        ("", QRFault.empty), ("a\u{0}b", .zeroCharacter),
        (String(repeating: "a", count: 2332), .tooLong),
    ])
    func `what cannot be drawn is refused with its cause`(text: String, fault: QRFault) {
        #expect(throws: fault) { try QRCode(text) }
    }

    @Test func `the largest symbol is drawn`() throws {
        #expect(try QRCode(String(repeating: "a", count: 2331)).version == 40)
    }

    @Test func `the SVG stands alone and has as many dark modules as the symbol`() throws {
        let code = try QRCode("HELLO WORLD")
        let svg = code.svg()
        #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"116\""))
        #expect(svg.contains("viewBox=\"0 0 29 29\""))
        #expect(svg.contains("d=\"M4 4h7v1h-7z"))
        #expect(!svg.contains("href"))
        #expect(svg.components(separatedBy: "<path").count == 2)
        let runs = svg.components(separatedBy: "v1h-").dropFirst()
        let drawn = runs.compactMap { Int($0.prefix { $0 != "z" }) }.reduce(0, +)
        #expect(drawn == code.modules.joined().count { $0 })
    }

    @Test func `the bitmap has a light quiet zone of four modules`() throws {
        let code = try QRCode("HELLO WORLD")
        let bitmap = code.bitmap(scale: 3)
        #expect(bitmap.width == 87)
        #expect(bitmap.rows[0].count == 11)
        #expect(bitmap.rows[..<12].allSatisfy { $0.allSatisfy { $0 == 0 } })
        #expect(!bitmap.isDark(x: 11, y: 12))
        #expect(bitmap.isDark(x: 12, y: 12))
        #expect(bitmap.isDark(x: 32, y: 32))
        #expect(!bitmap.isDark(x: 33, y: 12))
    }

    @Test func `the checksums are those of their standards`() {
        #expect(crc32(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(adler32(Array("Wikipedia".utf8)) == 0x11E6_0398)
    }

    @Test(
        scannerIsHere,
        arguments: ["HELLO WORLD", "村医通：李桂华 12.50 元", "https://example.org/?a=b&c=d"], [2, 4, 9])
    func `a scanner reads the PNG`(text: String, scale: Int) throws {
        let png = try QRCode(text).png(scale: scale)
        try scan(png, expecting: text, name: "\(text.utf8.count)-\(scale)")
    }

    /// At 20 dots a module the picture is longer than one stored block of 65,535 bytes.
    @Test(scannerIsHere, arguments: [2, 4, 20])
    func `a scanner reads a credential`(scale: Int) throws {
        let text = try credential()
        let code = try QRCode(text)
        print("credential: \(text.utf8.count) characters, version \(code.version)")
        #expect(code.version <= 11)
        try scan(code.png(scale: scale), expecting: text, name: "credential-\(scale)")
    }

    private func credential() throws -> String {
        let terms = Credential.Terms(
            issuer: "511324", scheme: .resident, year: 2026,
            issued: Instant(milliseconds: 1_764_547_200_000),
            expires: try #require(Day("2027-02-28")))
        let claims = terms.credential(
            index: 482_113, person: try #require(PersonNumber(rawValue: "51130000001000482113")),
            identity: try IdentityNumber(first17: "51132419650312184"), name: "李桂华",
            village: "石门沟村", salt: Array(1...8))
        let seed = [UInt8](repeating: 7, count: 32)
        return try SignedCredential.issue(
            claims, key: try Curve25519.Signing.PrivateKey(rawRepresentation: seed))
    }

    private func scan(_ png: [UInt8], expecting text: String, name: String) throws {
        let process = ProcessInfo.processInfo.processIdentifier
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("qr-\(process)-\(name).png")
        try Data(png).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try read(file) == text)
    }

    private func read(_ file: URL) throws -> String {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: zbarimg)
        process.arguments = ["--nodbus", "--raw", "-q", file.path]
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
}
