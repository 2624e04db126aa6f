import Identifying
import Vocabulary

/// Writes members as lines of JSON.
///
/// The bytes are those of the product's own encoder, which takes longer for 400,000 people than
/// anybody wants to wait; a test holds the two together.
public struct MemberLine: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// The member without the line end; keys in alphabetical order.
    public mutating func append(_ member: Member) {
        put("{\"balc\":")
        put(String(member.account.fen))
        put(",\"brdy\":")
        put(member.birth)
        text(",\"certno\":\"", member.identity.description)
        put(",\"coverage\":")
        put(member.coverage)
        put(",\"credential\":")
        put(String(member.credential))
        put(member.familyDoctor ? ",\"familyDoctor\":true" : ",\"familyDoctor\":false")
        text(",\"gend\":\"", member.sex.rawValue)
        put(",\"home\":")
        put(member.home)
        text(",\"initials\":\"", member.initials)
        text(",\"insutype\":\"", member.scheme.rawValue)
        text(",\"psn_name\":\"", member.name)
        text(",\"psn_no\":\"", member.number.rawValue)
        put(",\"recognitions\":[")
        list(member.recognitions) { $0.put($1) }
        put("],\"titles\":[")
        list(member.titles) { $0.text("\"", $1.rawValue) }
        put("]}")
    }

    public mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }
}

extension MemberLine {
    private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Names, reasons and codes of the demo county hold nothing that JSON must escape.
    private mutating func text(_ key: String, _ value: String) {
        put(key)
        put(value)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func list<Element>(
        _ elements: [Element], _ write: (inout MemberLine, Element) -> Void
    ) {
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(&self, element)
        }
    }

    private mutating func put(_ day: Day) {
        let (year, month, date) = day.parts
        let zero = UInt8(ascii: "0")
        bytes.append(UInt8(ascii: "\""))
        for unit in [1000, 100, 10, 1] { bytes.append(zero + UInt8(year / unit % 10)) }
        for part in [month, date] {
            bytes.append(UInt8(ascii: "-"))
            bytes.append(zero + UInt8(part / 10))
            bytes.append(zero + UInt8(part % 10))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func put(_ coverage: Coverage) {
        bytes.append(UInt8(ascii: "{"))
        if let died = coverage.died { put("\"died\":", died) }
        if let moved = coverage.moved { put("\"moved\":", moved) }
        put("\"paidYears\":[")
        list(coverage.paidYears) { $0.put(String($1)) }
        put("]")
        if let suspended = coverage.suspended {
            put(",\"suspended\":{\"from\":")
            put(suspended.from)
            text(",\"reason\":\"", suspended.reason)
            put("}")
        }
        if let until = coverage.waitingUntil {
            put(",\"waitingUntil\":")
            put(until)
        }
        put("}")
    }

    private mutating func put(_ key: String, _ day: Day) {
        put(key)
        put(day)
        put(",")
    }

    private mutating func put(_ home: Home) {
        put("{\"group\":")
        put(String(home.group))
        text(",\"household\":\"", home.household)
        put(home.isHead ? ",\"isHead\":true" : ",\"isHead\":false")
        text(",\"township\":\"", home.township)
        text(",\"village\":\"", home.village)
        put("}")
    }

    private mutating func put(_ recognition: Recognition) {
        text("{\"disease\":\"", recognition.disease)
        put(",\"from\":")
        put(recognition.from)
        text(",\"kind\":\"", recognition.kind.rawValue)
        text(",\"name\":\"", recognition.name)
        put("}")
    }
}
