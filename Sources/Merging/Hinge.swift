import Collecting
import Journaling
import Vocabulary

/// What a clash hangs on where no person-year holds all its entries. The entries of one subject are
/// found and folded together, so that work stays proportional to what arrived.
public enum Hinge: Hashable, Sendable {
    /// A receipt by code and number (票据代码、票据号码); the number alone names nothing.
    case receipt(code: String, number: Int)
    /// A drug box by its trace code (追溯码).
    case trace(String)
    /// An entry written earlier than the one before it, by so many milliseconds.
    case stepBack(KioskID, sequence: Int, milliseconds: Int)
    /// How a person is reached, in whatever year it was said.
    case contact(PersonNumber)
}

extension Hinge: RawRepresentable {
    public var rawValue: String {
        switch self {
        case .receipt(let code, let number): "receipt \(code) \(number)"
        case .trace(let code): "trace \(code)"
        case .stepBack(let kiosk, let sequence, let milliseconds):
            "stepBack \(kiosk) \(sequence) \(milliseconds)"
        case .contact(let person): "contact \(person)"
        }
    }

    public init?(rawValue: String) {
        let words = rawValue.split(separator: " ", maxSplits: 1).map(String.init)
        guard let kind = words.first, let rest = words.last, words.count > 1 else { return nil }
        let parts = rest.split(separator: " ").map(String.init)
        switch kind {
        case "trace": self = .trace(rest)
        case "contact":
            guard let person = PersonNumber(rawValue: rest) else { return nil }
            self = .contact(person)
        case "receipt":
            guard let code = parts.first, let number = parts.last.flatMap({ Int($0) }) else {
                return nil
            }
            self = .receipt(code: code, number: number)
        case "stepBack":
            let numbers = parts.dropFirst().compactMap { Int($0) }
            guard let kiosk = parts.first.flatMap(KioskID.init(rawValue:)),
                let sequence = numbers.first, let milliseconds = numbers.last
            else { return nil }
            self = .stepBack(kiosk, sequence: sequence, milliseconds: milliseconds)
        default: return nil
        }
    }
}

/// What an entry's subjects rest on; all of it stands earlier in the same journal.
public struct HingeContext: Sendable {
    /// When the entry before was written.
    public var before: Instant?
    /// The entry a void takes back.
    public var voided: Entry?

    public init(before: Instant? = nil, voided: Entry? = nil) {
        self.before = before
        self.voided = voided
    }
}

/// What beside the entries the rules go by: the county's register and its policy.
public struct Known: Sendable {
    /// Receipt numbers each desk was given.
    public var blocks: [KioskID: [ReceiptBlock]]
    public var policy: Policy

    public init(blocks: [KioskID: [ReceiptBlock]], policy: Policy) {
        self.blocks = blocks
        self.policy = policy
    }
}

extension Placed {
    /// The subjects an entry speaks of.
    public func hinges(_ context: HingeContext) -> Set<Hinge> {
        var subjects = Set(entry.fact.traces.map(Hinge.trace))
        switch entry.fact {
        case .contribution(let receipt):
            // Whether the number before was used shows in this entry too.
            subjects = [
                .receipt(code: receipt.code, number: receipt.number),
                .receipt(code: receipt.code, number: receipt.number - 1),
            ]
        case .contact(let change): subjects = [.contact(change.person)]
        case .visitVoid: subjects.formUnion(context.voided?.fact.traces.map(Hinge.trace) ?? [])
        case .ruling(let ruling):
            if let subject = ruling.subject.flatMap(Hinge.init(rawValue:)) {
                subjects.insert(subject)
            }
        default: break
        }
        if let before = context.before, entry.header.at < before {
            let back = before.milliseconds - entry.header.at.milliseconds
            subjects.insert(.stepBack(kiosk, sequence: sequence, milliseconds: back))
        }
        return subjects
    }
}

extension Fact {
    /// Trace codes of the boxes a visit handed out.
    fileprivate var traces: [String] {
        guard case .visit(let visit) = self else { return [] }
        return visit.lines.flatMap { $0.traces ?? [] }.filter { !$0.isEmpty }
    }
}

/// Folds everything the county holds of one subject; pure, and a function of the set.
public func fold(_ subject: Hinge, _ entries: some Sequence<Placed>, knowing known: Known)
    -> [Clash]
{
    // A branch nobody has decided about is a matter of its own.
    let ordered = Set(entries).filter { !$0.isHeld }.sorted(by: Placed.canonical)
    let rulings = Rulings(ordered)
    let found: [Clash] =
        switch subject {
        case .receipt(let code, let number):
            receiptTwice(code, number, ordered) + receiptSkipped(code, number, ordered, known)
                + receiptOutsideBlock(code, number, ordered, known)
        case .trace(let code): traceCodeTwice(code, ordered, rulings)
        case .stepBack(let kiosk, let sequence, let milliseconds):
            clockWrong(kiosk, sequence, milliseconds, ordered, known)
        case .contact: contactChangedTwice(ordered)
        }
    return found.sorted().decided(by: rulings, among: ordered)
}

/// Receipts under a number, in order.
func receipts(_ code: String, _ number: Int, _ ordered: [Placed]) -> [Placed] {
    ordered.filter { placed in
        guard case .contribution(let receipt) = placed.entry.fact else { return false }
        return receipt.code == code && receipt.number == number
    }
}
