import Rules
import Vocabulary

/// The sources of a page, numbered in the order in which the page names them.
struct Notes {
    private var sources: [String] = []
    private var reviews: [Day?] = []

    /// The mark that stands beside a figure: "〔1〕".
    mutating func mark(_ source: String, reviewed: Day?) -> String {
        let known = sources.indices.first { sources[$0] == source && reviews[$0] == reviewed }
        if let known { return HandbookTexts.mark(known + 1) }
        sources.append(source)
        reviews.append(reviewed)
        return HandbookTexts.mark(sources.count)
    }

    /// The list at the end of the page; where all were reviewed on one day, it is said once.
    var text: String {
        guard !sources.isEmpty else { return "" }
        let days = Set(reviews.compactMap { $0 })
        let lines = zip(sources, reviews).enumerated().map { number, note in
            let review = days.count > 1 ? note.1.map(HandbookTexts.reviewed) ?? "" : ""
            return "- \(HandbookTexts.mark(number + 1)) \(escaped(note.0))\(review)"
        }
        let head = HandbookTexts.sources(days.count == 1 ? days.first : nil)
        return ([head, ""] + lines).joined(separator: "\n")
    }
}
