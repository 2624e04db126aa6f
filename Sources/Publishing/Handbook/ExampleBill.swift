import Pricing
import Rules
import Vocabulary

extension Bill {
    /// Makes the bill meet a condition about the person or the visit.
    mutating func meet(_ condition: Condition, on day: Day) {
        switch condition.test {
        case .within(let ranges):
            guard condition.subject == .age, let range = ranges.first else { return }
            let age = range.low ?? range.high ?? 0
            patient.birth = day.adding(months: -12 * age)
        case .anyOf(let words):
            guard let word = words.first else { return }
            meet(condition.subject, word)
        }
    }

    private mutating func meet(_ subject: Subject, _ word: String) {
        switch subject {
        case .title: patient.titles = Title(rawValue: word).map { [$0] }
        case .person: patient.person = word
        case .tier: patient.tier = word
        case .familyDoctor: patient.familyDoctor = word == "yes"
        case .sex: patient.sex = Sex(rawValue: word)
        case .route: visit.route = word
        case .claim: visit.claim = word
        case .remote: visit.remote = word
        case .disease: patient.diseases = [concrete(word)]
        case .item: lines = lines.map { line in line.coded(concrete(word)) }
        case .kind: kind = VisitKind(rawValue: concrete(word)) ?? kind
        default: break
        }
    }

    /// The bill as a visit of the kind, disease or item that falls to a benefit.
    func covered(by folder: String, in book: Handbook) -> Bill? {
        candidates(in: book).first { candidate in
            let root = candidate.scheme.rawValue
            var asked = Circumstances()
            asked.state(.kind, candidate.kind.rawValue)
            asked.state(.level, candidate.level.rawValue)
            asked.state(.item, candidate.lines.map(\.code))
            asked.state(.disease, candidate.patient.diseases ?? [])
            let word = try? book.rules.folder(root).word("benefit", on: book.day, for: asked)
            return "\(root)/\(word?.value ?? candidate.kind.benefit)" == folder
        }
    }

    /// This bill as each kind of visit, alone and with what the region's rows ask for.
    private func candidates(in book: Handbook) -> [Bill] {
        let plain = ExampleSearch.kinds.map { kind in
            var bill = self
            bill.kind = kind
            return bill
        }
        guard
            case .rows(let rows) = book.rules["\(scheme.rawValue)/benefit"]?
                .inForce(on: book.day)?.value
        else { return plain }
        return plain
            + rows.flatMap { row in
                plain.map { bill in
                    var bill = bill
                    for condition in row.conditions { bill.meet(condition, on: book.day) }
                    return bill
                }
            }
    }

    /// "E10*" stands for any ending; the beginning alone is one of them.
    private func concrete(_ pattern: String) -> String {
        pattern.hasSuffix("*") ? String(pattern.dropLast()) : pattern
    }
}

extension Bill.Line {
    fileprivate func coded(_ code: String) -> Bill.Line {
        var line = self
        line.code = code
        return line
    }
}

extension Parameter.Value {
    /// What its rows ask about the person and the visit, each condition once.
    var personalConditions: [Condition] {
        guard case .rows(let rows) = self else { return [] }
        let asked: [Subject] = [
            .title, .person, .tier, .familyDoctor, .route, .disease, .age, .claim, .item,
        ]
        var found: [Condition] = []
        for condition in rows.flatMap(\.conditions)
        where asked.contains(condition.subject) && !found.contains(condition) {
            found.append(condition)
        }
        return found
    }
}
