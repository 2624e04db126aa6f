import Vocabulary

/// A price above the limit is allowed, but the excess is the person's own and has to be said.
func priceAboveLimit(_ review: Review) -> [Finding] {
    review.lines { item in
        guard let limit = item.priceLimit, item.price > limit else { return nil }
        return (["price": item.price.description, "limit": limit.description], nil)
    }
}
