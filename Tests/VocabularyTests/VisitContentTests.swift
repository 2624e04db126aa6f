import Testing
import Vocabulary

@Suite struct VisitContentTests {
    private static func content(
        _ diagnoses: [String] = ["I10"],
        _ charges: [(code: String, count: Int, fen: Int)] = [("A", 1, 500), ("B", 2, 300)]
    ) -> VisitContent {
        VisitContent(
            diagnoses: diagnoses,
            charges: charges.map {
                VisitContent.Charge(
                    code: $0.code, quantity: Quantity($0.count), price: Money(fen: $0.fen))
            })
    }

    @Test func `in whatever order it was typed it is one content`() {
        #expect(Self.content() == Self.content(["I10"], [("B", 2, 300), ("A", 1, 500)]))
        #expect(Self.content(["I10", "E11"]) == Self.content(["E11", "I10"]))
    }

    @Test func `anything more, less or other is another`() {
        let others = [
            Self.content([]), Self.content(["E11"]), Self.content(["I10", "I10"]),
            Self.content(["I10"], []), Self.content(["I10"], [("A", 1, 500)]),
            Self.content(["I10"], [("A", 1, 500), ("B", 2, 300), ("B", 2, 300)]),
            Self.content(["I10"], [("A", 1, 500), ("B", 1, 300)]),
            Self.content(["I10"], [("A", 1, 501), ("B", 2, 300)]),
            Self.content(["I10"], [("C", 1, 500), ("B", 2, 300)]),
        ]
        for other in others { #expect(other != Self.content()) }
        #expect(Set(others).count == others.count)
    }
}
