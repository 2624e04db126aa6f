import Journaling
import Pricing
import Vocabulary

/// One drug box, known by its trace code, sold twice.
///
/// A person decides: resold, exchanged, or scanned wrongly. Both visits count until then; at stake
/// is what the fund paid for the later one.
func traceCodeTwice(_ code: String, _ ordered: [Placed], _ rulings: Rulings) -> [Clash] {
    let voided = voidedReferences(ordered)
    let sold = ordered.compactMap { placed -> (placed: Placed, visit: Visit)? in
        guard case .visit(let visit) = placed.entry.fact, !voided.contains(placed.reference)
        else { return nil }
        return (placed, visit)
    }
    var found: [Clash] = []
    if sold.count > 1, let last = sold.last {
        found.append(
            Clash(
                .traceCodeTwice, sold.map(\.placed.reference),
                amount: last.visit.amounts.fundTotal, detail: code))
    }
    return found + refusalOutlived(sold.map(\.placed), rulings, found, on: .trace(code))
}
