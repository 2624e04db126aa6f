import Foundation

// Single values out of the bytes; `nil` where the node is of another kind or does not fit.
extension JSONText {
    /// What a text says, escapes resolved; `nil` for an escape that says nothing.
    static func text(of node: Node, in bytes: UnsafeBufferPointer<UInt8>) -> String? {
        let content = UnsafeBufferPointer(rebasing: bytes[Int(node.start)..<Int(node.end)])
        switch node.kind {
        case .plain: return String(decoding: content, as: UTF8.self)
        case .escaped: return unescaped(content)
        default: return nil
        }
    }

    func text(_ node: Int) -> String? {
        bytes.withUnsafeBufferPointer { JSONText.text(of: nodes[node], in: $0) }
    }

    /// The characters of a number as they stand.
    func numberText(_ node: Int) -> String? {
        guard nodes[node].kind == .number else { return nil }
        return String(decoding: bytes[range(node)], as: UTF8.self)
    }

    func integer<Value: FixedWidthInteger>(_ node: Int, as type: Value.Type) -> Value? {
        guard nodes[node].kind == .number else { return nil }
        return integer(range(node)).flatMap(Value.init(exactly:))
            ?? numberText(node).flatMap(Double.init).flatMap(Value.init(exactly:))
    }

    func double(_ node: Int) -> Double? { numberText(node).flatMap(Double.init) }

    func decimal(_ node: Int) -> Decimal? {
        numberText(node).flatMap { Decimal(string: $0, locale: Locale(identifier: "en_US_POSIX")) }
    }

    func truth(_ node: Int) -> Bool? {
        switch nodes[node].kind {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    func isNull(_ node: Int) -> Bool { nodes[node].kind == .null }

    private func range(_ node: Int) -> Range<Int> { Int(nodes[node].start)..<Int(nodes[node].end) }

    /// Plain digits; `nil` for a fraction, an exponent or what overflows.
    private func integer(_ range: Range<Int>) -> Int? {
        let negative = bytes[range.lowerBound] == UInt8(ascii: "-")
        var value = 0
        for byte in bytes[(range.lowerBound + (negative ? 1 : 0))..<range.upperBound] {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            let (tens, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, again) = tens.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            guard !over, !again else { return nil }
            value = sum
        }
        return negative ? -value : value
    }

    private static func unescaped(_ content: UnsafeBufferPointer<UInt8>) -> String? {
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var rest = content[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "u"):
                guard let scalar = scalar(&rest) else { return nil }
                result.append(contentsOf: Array(String(Character(scalar)).utf8))
            case let same?
            where [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(same):
                result.append(same)
            default: return nil
            }
        }
        return String(validating: result, as: UTF8.self)
    }

    /// `\uXXXX`, or two of them for what lies beyond the first 65,536 characters.
    private static func scalar(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Unicode.Scalar? {
        guard let first = unit(&rest) else { return nil }
        guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
        guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u"),
            let second = unit(&rest), (0xDC00..<0xE000).contains(second)
        else { return nil }
        return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    }

    private static func unit(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = rest.popFirst(),
                let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
