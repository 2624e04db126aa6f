/// What is typed of a visit: diagnoses and charged items, in whatever order.
///
/// Two visits of one content within minutes may be one that was entered twice. Boxes have other trace
/// codes when they are scanned again, so these are left out.
public struct VisitContent: Hashable, Sendable {
    private let diagnoses: [String]
    private var charges: [Charge: Int] = [:]

    public struct Charge: Hashable, Sendable {
        let code: String
        let quantity: Quantity
        let price: Money

        public init(code: String, quantity: Quantity, price: Money) {
            self.code = code
            self.quantity = quantity
            self.price = price
        }
    }

    public init(diagnoses: [String], charges: some Sequence<Charge>) {
        self.diagnoses = diagnoses.sorted()
        for charge in charges { self.charges[charge, default: 0] += 1 }
    }
}
