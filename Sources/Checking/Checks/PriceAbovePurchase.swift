import Vocabulary

/// Drugs under zero markup are sold for what they were bought for (零差率).
func priceAbovePurchase(_ review: Review) -> [Finding] {
    review.lines { item in
        guard let purchase = item.purchasePrice, item.isDrug, item.price > purchase else {
            return nil
        }
        return (["price": item.price.description, "purchase": purchase.description], nil)
    }
}
