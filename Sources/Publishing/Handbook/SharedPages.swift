import Rules
import Vocabulary

// What holds for every scheme: switches, deadlines, quality, holidays.
extension Handbook {
    var sharedPages: [Page] {
        let holidays = "common/holidays"
        var pages = folders.contains("common") ? [plainPage("common")] : []
        pages += folders(under: "common").filter { $0 != holidays }.map { plainPage($0) }
        if folders.contains(holidays) { pages.append(holidayPage(holidays)) }
        return pages
    }

    /// Every year that is known: holidays are added to, none replaces another.
    private func holidayPage(_ folder: String) -> Page {
        var page = Page(title: HandbookTexts.folder(folder), folders: [folder])
        for parameter in parameters(in: folder) {
            var table = MarkdownTable(HandbookTexts.holidayColumns)
            for dated in parameter.values {
                guard case .words(let words) = dated.value else { continue }
                table.rows.append([
                    HandbookTexts.year(dated.from.year), days(words), page.mark(dated, parameter),
                ])
            }
            page.blocks += ["**\(parameter.title)**", table.text]
        }
        return page
    }

    /// Runs of days as one: "10 月 1 日至 10 月 8 日".
    private func days(_ words: [String]) -> String {
        var runs: [(first: Day, last: Day)] = []
        for day in words.compactMap(Day.init).sorted() {
            if let last = runs.last?.last, day == last.adding(days: 1) {
                runs[runs.count - 1].last = day
            } else {
                runs.append((day, day))
            }
        }
        return runs.map { run in
            run.first == run.last
                ? HandbookTexts.monthDay(run.first)
                : HandbookTexts.through(run.first, run.last)
        }.joined(separator: "、")
    }
}
