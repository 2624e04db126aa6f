import Vocabulary

/// A price above the limit is allowed, but the excess is the person's own and has to be said.
func priceAboveLimit(_ encounter: Encounter) -> [Finding] {
    encounter.items.enumerated().compactMap { index, item in
        guard let limit = item.priceLimit, item.price > limit else { return nil }
        return Finding(
            .priceAboveLimit, .report, line: index + 1,
            ["price": item.price.description, "limit": limit.description])
    }
}
