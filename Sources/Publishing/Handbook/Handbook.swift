import Rules
import Vocabulary

/// The handbook (政策手册) of a region: its parameters as one Chinese Markdown text that a township
/// clerk can read, speaking for one day.
///
/// Every figure in it is read from the rulebook or computed by the engine; none is written here, but
/// for the amounts of the example bills.
public func handbook(of rules: Rulebook, on day: Day) -> String {
    Handbook(rules, day).text
}

extension Rulebook {
    /// The day a handbook speaks for where nobody names one: the day after the newest value starts,
    /// so that the same parameters always give the same text.
    public var handbookDay: Day {
        let newest = all.flatMap(\.values).map(\.from).max() ?? Day(number: 0)
        return newest.adding(days: 1)
    }
}

/// What all pages are written from.
struct Handbook {
    let rules: Rulebook
    let day: Day
    /// Every folder that holds parameters, in the order of their paths.
    let folders: [String]

    init(_ rules: Rulebook, _ day: Day) {
        self.rules = rules
        self.day = day
        var folders: [String] = []
        for parameter in rules.all {
            let folder = parameter.folderPath
            if !folders.contains(folder) { folders.append(folder) }
        }
        self.folders = folders.sorted()
    }

    /// Folders directly or further below a path.
    func folders(under path: String) -> [String] { folders.filter { $0.hasPrefix(path + "/") } }

    var text: String {
        let chapters = chapters
        let parts =
            [front, contents(chapters)]
            + chapters.enumerated().map { number, chapter in
                ([HandbookTexts.chapter(number, chapter.title)]
                    + chapter.pages.enumerated().map { page, content in
                        content.markdown(HandbookTexts.page(number, page))
                    }).joined(separator: "\n\n")
            }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var front: String {
        let reviews = rules.all.map(\.reviewedOn)
        return HandbookTexts.front(
            rules.region, day, parameters: rules.all.count,
            reviewed: (reviews.min() ?? day, reviews.max() ?? day))
    }

    private func contents(_ chapters: [Chapter]) -> String {
        let lines = chapters.enumerated().flatMap { number, chapter in
            ["- \(HandbookTexts.chapterName(number, chapter.title))"]
                + chapter.pages.enumerated().map { page, content in
                    "  - [\(HandbookTexts.page(number, page)) \(content.title)](#\(content.anchor))"
                }
        }
        return "## \(HandbookTexts.contents)\n\n" + lines.joined(separator: "\n")
    }

    /// Schemes first, then what holds for all; a chapter without pages is left out, and what no
    /// chapter took up stands in the last.
    private var chapters: [Chapter] {
        var chapters = Scheme.allCases.map { scheme in
            Chapter(title: HandbookTexts.scheme(scheme.rawValue), pages: pages(of: scheme))
        }
        chapters.append(Chapter(title: HandbookTexts.review, pages: reviewPages))
        chapters.append(Chapter(title: HandbookTexts.shared, pages: sharedPages))
        let taken = Set(chapters.flatMap(\.pages).flatMap(\.folders))
        let rest = folders.filter { !taken.contains($0) }
        chapters.append(Chapter(title: HandbookTexts.others, pages: rest.map { plainPage($0) }))
        return chapters.filter { !$0.pages.isEmpty }
    }
}

/// A chapter: a scheme, the review rules, what holds for all.
struct Chapter {
    let title: String
    let pages: [Page]
}

/// One section of the handbook, with its sources at its end.
struct Page {
    let title: String
    /// The folders whose parameters it tells in full; the first names its anchor.
    let folders: [String]
    /// What the descriptions of its parameters all begin with, and the page need not repeat.
    var prefix = ""
    /// Paragraphs, tables and lists.
    var blocks: [String] = []
    var notes = Notes()

    var anchor: String {
        (folders.first ?? title).split(separator: "/").joined(separator: "-")
    }

    func markdown(_ number: String) -> String {
        let parts = ["<a id=\"\(anchor)\"></a>\n\n### \(number) \(title)"] + blocks + [notes.text]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}

extension Parameter {
    /// "390/outpatient" of "390/outpatient/rate".
    var folderPath: String { path.split(separator: "/").dropLast().joined(separator: "/") }
}
