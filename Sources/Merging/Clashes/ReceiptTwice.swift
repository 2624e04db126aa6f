import Vocabulary

/// One receipt number handed out twice, at one desk or at two; a receipt taken back keeps its number
/// used.
///
/// A person decides: both payments are real and cover, and the paper has to be exchanged.
func receiptTwice(_ code: String, _ number: Int, _ ordered: [Placed]) -> [Clash] {
    let all = receipts(code, number, ordered)
    guard all.count > 1 else { return [] }
    return [Clash(.receiptTwice, all.map(\.reference), detail: "\(code) \(number)")]
}
