import Collecting
import Vocabulary

/// A receipt under a number that the desk was never given.
///
/// A person decides: the payment stands and covers; where the number came from has to be found.
func receiptOutsideBlock(
    _ code: String, _ number: Int, _ ordered: [Placed], _ known: Known
) -> [Clash] {
    receipts(code, number, ordered).filter { placed in
        guard let blocks = known.blocks[placed.kiosk], !blocks.isEmpty else { return false }
        return !blocks.contains { $0.code == code && ($0.first...$0.last).contains(number) }
    }.map { Clash(.receiptOutsideBlock, [$0.reference], detail: "\(code) \(number)") }
}
