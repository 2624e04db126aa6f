import Testing

@testable import Scanning

@Suite struct Base45Tests {
    /// RFC 9285 §4.3 and §4.4.
    static let vectors = [
        ("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"),
        ("ietf!", "QED8WEX0"),
    ]

    @Test(arguments: vectors)
    func `the examples of RFC 9285 come out as printed`(plain: String, coded: String) throws {
        #expect(Base45.encode(Array(plain.utf8)) == coded)
        #expect(try Base45.decode(coded) == Array(plain.utf8))
    }

    @Test func `nothing is nothing`() throws {
        #expect(Base45.encode([]).isEmpty)
        #expect(try Base45.decode("") == [])
    }

    /// RFC 9285 §6 names FGW as the largest group and GGW as the first beyond.
    @Test(arguments: [
        (":::", Base45.Fault.overflow), ("GGW", .overflow), ("::", .overflow), ("U5", nil),
        ("V5", .overflow), ("FGW", nil), ("BB8A", .length), ("A", .length), ("bb8", .character),
        ("BB_", .character), ("BB８", .character), ("BB\n", .character),
    ])
    func `what is no base45 is refused with its cause`(text: String, fault: Base45.Fault?) {
        if let fault {
            #expect(throws: fault) { try Base45.decode(text) }
        } else {
            #expect(throws: Never.self) { try Base45.decode(text) }
        }
    }

    @Test func `every half group comes back and none ends in a space`() throws {
        for byte in UInt8.min...UInt8.max {
            let text = Base45.encode([byte])
            #expect(text.last != " ")
            #expect(try Base45.decode(text) == [byte])
        }
    }

    @Test func `every whole group comes back and none ends in a space`() {
        let bad = (0...0xFFFF).filter { value in
            let bytes = [UInt8(value >> 8), UInt8(value & 0xFF)]
            let text = Base45.encode(bytes)
            return text.last == " " || (try? Base45.decode(text)) != bytes
        }
        #expect(bad.isEmpty)
    }
}
