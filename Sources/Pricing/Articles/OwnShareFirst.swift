import Rules
import Vocabulary

extension Workings {
    /// 先行自付: of a class B item the person first bears a share, half up to the fen; what is left
    /// enters the scope by subtraction.
    mutating func takeOwnShareFirst(
        _ split: inout LineSplit, _ number: Int, _ terms: ItemTerms
    ) throws(RulebookFault) {
        guard split.itemClass == .b else { return }
        let (share, citations) = try ownShare(terms)
        guard share > .zero else { return }
        let base = split.inScope
        let own = base.share(share)
        split.ownShareFirst = own
        say(
            .ownShareFirst, line: number, own, "\(base) × \(share.percent) = \(own)", citations)
    }

    private func ownShare(_ terms: ItemTerms) throws(RulebookFault) -> (Share, [Citation]) {
        if let own = terms.ownShare { return (own, []) }
        let (folder, name) = (rules.folder("common"), "own_share_class_b")
        let usual = try folder.share(name, on: day, for: circumstances)
        let found = try folder.require(usual, name)
        return (found.value, [found.citation])
    }
}
