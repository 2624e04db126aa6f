import Cataloguing
import Foundation
import Pricing
import Rules
import Vocabulary

/// Answers quote requests line by line: one JSON object in, one out, in order; a bad line is
/// answered by an error and the rest go on.
struct QuoteStream {
    let rules: Rulebook
    let catalogue: Catalogue

    /// No request is longer; a longer line is answered by an error without being parsed.
    static let mostBytes = 1024 * 1024

    /// - Returns: the answer's bytes and whether the line was good.
    func answer(_ line: some Collection<UInt8>) -> (bytes: [UInt8], good: Bool) {
        do {
            guard line.count <= QuoteStream.mostBytes else {
                throw QuoteFault("too_long", "a line has at most 1 MiB", "")
            }
            return (try CompactJSON.encode(try quote(line)), true)
        } catch {
            let fault = QuoteFault(error)
            let bytes = try? CompactJSON.encode(["error": fault])
            return (bytes ?? [], false)
        }
    }

    private func quote(_ line: some Collection<UInt8>) throws -> QuoteAnswer {
        let request = try CompactJSON.decode(QuoteRequest.self, from: line)
        let quote = try price(
            try request.bill(), by: rules, catalogue: catalogue,
            given: try request.standing?.standing() ?? Standing(year: request.on.year))
        let balances = try request.balances()
        return QuoteAnswer(quote, quote.payers(balances), balances)
    }
}

extension QuoteFault {
    /// Every fault as code, message and the path of the field.
    init(_ error: any Error) {
        switch error {
        case let fault as QuoteFault: self = fault
        case let fault as DecodingError: self.init(fault)
        case let fault as PricingFault: self.init(fault)
        case let fault as RulebookFault: self.init(fault)
        default: self.init("unknown", "\(error)", "")
        }
    }

    private init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init("missing", "the field is missing", dotted(context.codingPath + [key]))
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            self.init("type", context.debugDescription, dotted(context.codingPath))
        case .dataCorrupted(let context):
            let code = context.codingPath.isEmpty ? "not_json" : "value"
            self.init(code, context.debugDescription, dotted(context.codingPath))
        @unknown default: self.init("unknown", "\(error)", "")
        }
    }

    private init(_ fault: PricingFault) {
        switch fault {
        case .rules(let fault): self.init(fault)
        case .unknownItem(let line, let code):
            self.init(
                "unknown_item",
                "\(code) is not in the catalogue on that day; give its chrgitm_lv",
                "feedetail[\(line - 1)].med_list_codg")
        case .noLines: self.init("no_lines", "a bill has at least one line", "feedetail")
        case .tooManyLines(let count):
            self.init(
                "too_many_lines", "\(count) lines, at most \(Bill.mostLines)", "feedetail")
        case .implausibleVisit:
            self.init("range", "sessions, admission or settled amounts cannot be", "sessions")
        case .amountTooLarge(let line):
            self.init("range", "the amount is too large", "feedetail[\(line - 1)]")
        }
    }

    private init(_ fault: RulebookFault) {
        switch fault {
        case .beforeFirst(let parameter, let day, let first):
            self.init("before_rules", "\(parameter) starts on \(first), not by \(day)", "on")
        case .kind(let parameter):
            self.init("rules", "\(parameter) holds another kind of value than its use asks for", "")
        case .missing(let parameter):
            self.init("no_benefit", "the rules have no \(parameter)", "med_type")
        }
    }
}

/// "feedetail[2].pric"
private func dotted(_ keys: [any CodingKey]) -> String {
    keys.reduce("") { path, key in
        if let index = key.intValue { return "\(path)[\(index)]" }
        return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
    }
}
