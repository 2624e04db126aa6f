import Collecting
import Vocabulary

/// A number of a desk's block was passed over: the next one is in the journal and it is not.
///
/// A person decides: a spoiled paper is filed, a missing one looked for. Nothing is counted.
func receiptSkipped(_ code: String, _ number: Int, _ ordered: [Placed], _ known: Known) -> [Clash] {
    guard receipts(code, number, ordered).isEmpty else { return [] }
    return receipts(code, number + 1, ordered).prefix(1).filter { after in
        (known.blocks[after.kiosk] ?? []).contains {
            $0.code == code && $0.first <= number && number < $0.last
        }
    }.map { Clash(.receiptSkipped, [$0.reference], detail: "\(code) \(number)") }
}
