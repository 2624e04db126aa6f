import Pricing
import Rules
import Vocabulary

// One scheme: where a visit belongs, its benefits, the layers on top, accounts, contributions.
extension Handbook {
    func pages(of scheme: Scheme) -> [Page] {
        let root = scheme.rawValue
        let taken = ["\(root)/account", "\(root)/contribution"]
        let layers = folders(under: "\(root)/layers")
        let benefits = folders(under: root).filter { folder in
            !taken.contains(folder) && !layers.contains(folder)
        }
        var pages: [Page] = []
        if folders.contains(root) { pages.append(plainPage(root, HandbookTexts.belonging)) }
        pages += HandbookTexts.sorted(folders: benefits).map { benefitPage(scheme, $0) }
        pages += HandbookTexts.sorted(folders: layers).map { layerPage(scheme, $0) }
        if folders.contains(taken[0]) { pages.append(plainPage(taken[0])) }
        if folders.contains(taken[1]) { pages.append(contributionPage(taken[1])) }
        return pages
    }

    private func benefitPage(_ scheme: Scheme, _ folder: String) -> Page {
        var page = Page(title: HandbookTexts.folder(folder), folders: [folder])
        let isConsult = HandbookTexts.lastWord(folder) == "consult_fee"
        page.blocks.append(
            isConsult
                ? HandbookTexts.consultLead
                : HandbookTexts.covers(visits(coveredBy: folder, scheme)))
        page.prefix = HandbookTexts.prefix(of: parameters(in: folder).map(\.title))
        page.tell(parameters(in: folder), on: day)
        page.tell(example(of: folder, scheme), by: self)
        return page
    }

    /// The conditions under which a visit falls to a benefit, as the region words them.
    private func visits(coveredBy folder: String, _ scheme: Scheme) -> [String] {
        let name = HandbookTexts.lastWord(folder)
        guard let parameter = rules["\(scheme.rawValue)/benefit"],
            case .rows(let rows) = parameter.inForce(on: day)?.value
        else {
            return ExampleSearch.kinds.filter { $0.benefit == name }
                .map { HandbookTexts.pattern($0.rawValue, of: .kind) }
        }
        return rows.filter { $0.value == .word(name) }.map { row in
            row.conditions.map(\.words).joined(separator: "，")
        }
    }

    private func layerPage(_ scheme: Scheme, _ folder: String) -> Page {
        var page = Page(title: HandbookTexts.folder(folder), folders: [folder])
        page.blocks.append(HandbookTexts.follows(benefits(before: folder, scheme)))
        page.prefix = HandbookTexts.prefix(of: parameters(in: folder).map(\.title))
        page.tell(parameters(in: folder), on: day)
        page.tell(example(ofLayer: folder, scheme), by: self)
        return page
    }

    /// The benefits whose bills go on to a layer on this day.
    func benefits(before layer: String, _ scheme: Scheme) -> [String] {
        let name = HandbookTexts.lastWord(layer)
        let benefits = folders(under: scheme.rawValue).filter { folder in
            switch rules.folder(folder).parameters["layers"]?.inForce(on: day)?.value {
            case .words(let words): words.contains(name)
            case .word(let word): word == name
            case .rows(let rows):
                rows.contains { $0.value == .word(name) || $0.value.lists(name) }
            default: false
            }
        }
        return HandbookTexts.sorted(folders: benefits)
    }

    /// Contributions by what they settle: the amount, the window, waiting, newborns …
    private func contributionPage(_ folder: String) -> Page {
        var page = Page(title: HandbookTexts.folder(folder), folders: [folder])
        var left = parameters(in: folder)
        for group in HandbookTexts.contributionGroups {
            let members = left.filter { parameter in
                group.prefixes.contains { parameter.name.hasPrefix($0) }
            }
            guard !members.isEmpty else { continue }
            left.removeAll(where: members.contains)
            page.blocks.append("#### \(group.title)")
            page.tell(members, on: day)
        }
        if !left.isEmpty { page.blocks.append("#### \(HandbookTexts.others)") }
        page.tell(left, on: day)
        return page
    }
}

extension Parameter.Value {
    func lists(_ word: String) -> Bool {
        if case .words(let words) = self { words.contains(word) } else { false }
    }
}
