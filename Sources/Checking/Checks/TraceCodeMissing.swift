/// Every box of a drug bears a trace code (追溯码) of twenty characters, scanned before the fund
/// settles; herbal pieces bear none yet.
func traceCodeMissing(_ review: Review) -> [Finding] {
    review.lines { item in
        guard item.isBoxed else { return nil }
        if item.traces.isEmpty { return ([:], nil) }
        return item.traces.first { !$0.isTraceCode }.map { (["code": $0], nil) }
    }
}

extension String {
    /// Twenty digits or capital letters.
    public var isTraceCode: Bool {
        utf8.count == TraceCode.length
            && utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            }
    }
}

/// The national code on a box of medicine.
public enum TraceCode {
    public static let length = 20
}
