import Foundation
import Testing
import Vocabulary

@Suite struct JSONTests {
    private struct Whole: Codable, Equatable {
        var text: String
        var number: Int
        var truth: Bool
        var list: [String?]
        var inner: [String: [Int]]
        var absent: Int?
        var nothing: String?
        var fraction: Double
        var amount: Decimal
    }

    private func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try CompactJSON.decode(type, from: Array(text.utf8))
    }

    @Test func `every kind of value is read`() throws {
        let text = """
             { "text" : "a\\"\\\\\\/\\n\\u6751\\ud83d\\ude00医", "number":-12, "truth":true,
            "list":["x",null], "inner":{"k":[1,2],"empty":[]}, "nothing":null,
            "fraction":1.5e2, "amount":18.4 }\n
            """
        let value = try decode(Whole.self, text)
        #expect(value.text == "a\"\\/\n村😀医" && value.number == -12 && value.truth)
        #expect(value.list == ["x", nil] && value.inner == ["k": [1, 2], "empty": []])
        #expect(value.absent == nil && value.nothing == nil && value.fraction == 150)
        #expect(value.amount.description == "18.4")
    }

    @Test(arguments: [
        "", " ", "{", "[1", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "[1]x", "01", "1.", "-",
        "1e", "tru", "\"\u{1}\"", "\"\\x\"", "\"\\ud800\"", "\"\\u12\"", "\"a", "nul", "[1 2]",
        "{\"a\":1,\"a\":2}", "{\"b\":1,\"a\":2,\"b\":3}", "{\"a\":1,\"\\u0061\":2}",
    ])
    func `what is no JSON is refused`(text: String) {
        #expect(throws: DecodingError.self) { try decode(Anything.self, text) }
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        let bytes = [UInt8(ascii: "\""), 0xC3, 0x28, UInt8(ascii: "\"")]
        #expect(throws: DecodingError.self) {
            try CompactJSON.decode(String.self, from: bytes)
        }
    }

    @Test func `nesting is bounded`() throws {
        let deep = { (count: Int) in
            String(repeating: "[", count: count) + String(repeating: "]", count: count)
        }
        _ = try decode(Anything.self, deep(64))
        #expect(throws: DecodingError.self) { try decode(Anything.self, deep(65)) }
        #expect(throws: DecodingError.self) { try decode(Anything.self, deep(1_000_000)) }
    }

    @Test(arguments: [
        ("{\"inner\":{\"k\":[1,\"x\"]}}", "inner.k.1"), ("{\"inner\":{\"k\":{}}}", "inner.k"),
        ("{\"inner\":[]}", "inner"), ("{\"inner\":{\"j\":[],\"k\":[1,2,300]}}", "inner.k.2"),
    ])
    func `an error names the place`(text: String, place: String) throws {
        struct Inner: Decodable { var inner: [String: [Int8]] }
        do {
            _ = try decode(Inner.self, text)
            Issue.record("nothing was thrown")
        } catch DecodingError.typeMismatch(_, let context) {
            #expect(context.codingPath.map(\.stringValue).joined(separator: ".") == place)
        }
    }

    @Test func `numbers that do not fit are refused`() throws {
        #expect(try decode([Int].self, "[9223372036854775807,1e3,-0]") == [.max, 1_000, 0])
        for text in ["[9223372036854775808]", "[1.5]", "[1e40]", "[\"1\"]"] {
            #expect(throws: DecodingError.self) { try decode([Int].self, text) }
        }
        #expect(throws: DecodingError.self) { try decode([UInt8].self, "[-1]") }
    }

    /// Foundation's reader is the other opinion.
    @Test func `random values are read as Foundation reads them`() throws {
        var random = SystemRandomNumberGenerator()
        let letters = Array("ab\"\\/\n\t\u{7}村😀 ,:{}[]1")
        func text() -> String {
            String(
                (0..<Int.random(in: 0...12, using: &random)).map { _ in
                    letters[Int.random(in: 0..<letters.count, using: &random)]
                })
        }
        for _ in 0..<300 {
            let value = Whole(
                text: text(), number: .random(in: .min ... .max, using: &random),
                truth: .random(), list: (0..<3).map { _ in Bool.random() ? text() : nil },
                inner: [text(): [1, 2], text() + "x": []], absent: Bool.random() ? 5 : nil,
                nothing: nil, fraction: .random(in: -1e9...1e9), amount: Decimal(12345) / 100)
            let bytes = try CompactJSON.encode(value)
            #expect(try CompactJSON.decode(Whole.self, from: bytes) == value)
            let plain = try JSONEncoder().encode(value)
            #expect(try CompactJSON.decode(Whole.self, from: plain) == value)
        }
    }

    /// Walks through everything without asking for any shape.
    private struct Anything: Decodable {
        init(from decoder: any Decoder) throws {
            if var list = try? decoder.unkeyedContainer() {
                while !list.isAtEnd { _ = try list.decode(Anything.self) }
            } else if let object = try? decoder.container(keyedBy: Name.self) {
                for key in object.allKeys { _ = try object.decode(Anything.self, forKey: key) }
            } else {
                let value = try decoder.singleValueContainer()
                if !value.decodeNil(), (try? value.decode(Double.self)) == nil,
                    (try? value.decode(Bool.self)) == nil
                {
                    _ = try value.decode(String.self)
                }
            }
        }

        struct Name: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
    }
}
