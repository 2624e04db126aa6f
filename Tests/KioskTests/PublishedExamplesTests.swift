import Testing
import Vocabulary

@testable import Kiosk

/// Settlements that were published, or follow from the seed policy, priced as `kiosk quote` does.
@Suite struct PublishedExamplesTests {
    @Test func `every published settlement is here`() {
        let ids = PublishedExample.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(ids.count { $0.hasPrefix("W") && !$0.contains("/") } == 51)
        #expect(ids.count { $0.hasPrefix("S") } == 37)
    }

    @Test(arguments: PublishedExample.all)
    func `a published settlement comes out to the fen`(example: PublishedExample) throws {
        let answers = try example.quotes()
        let quotes = try answers.map(PublishedFields.init)
        let unit = try #require(Money(yuan: example.rounded_to ?? "0.01")).fen
        for ((visit, answer), quote) in zip(zip(example.visits, answers), quotes) {
            try compare(visit.expect, quote, unit)
            for (name, amount) in visit.reasons ?? [:] {
                let given = answer["reasons"]?.list.contains { reason in
                    let layer = reason["layer"]?.text ?? ""
                    let article = reason["article"]?.text ?? ""
                    return "\(layer)/\(article)" == name && reason["amount"]?.text == amount
                }
                #expect(given == true, "no reason \(name) of \(amount)")
            }
        }
        try compare(example.totals ?? [:], PublishedFields(sum: quotes), unit)
    }

    @Test(arguments: PublishedExample.all.filter { !$0.never.isEmpty })
    func `what a publication got wrong is not repeated`(example: PublishedExample) throws {
        let quotes = try example.quotes().map(PublishedFields.init)
        for wrong in example.never {
            for quote in quotes + [PublishedFields(sum: quotes)] {
                let repeated = try wrong.allSatisfy { name, amount in
                    try quote.value(name) == #require(Money(yuan: amount)).fen
                }
                #expect(!repeated, "\(wrong)")
            }
        }
    }

    private func compare(_ expected: [String: String], _ quote: PublishedFields, _ unit: Int) throws
    {
        for (name, amount) in expected {
            let exact = try quote.value(name)
            let found = (exact + unit / 2) / unit * unit
            #expect(Money(fen: found).description == amount, "\(name)")
        }
    }
}
