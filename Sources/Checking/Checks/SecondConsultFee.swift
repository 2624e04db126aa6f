import Vocabulary

/// 一般诊疗费 is charged once a day: it bundles registration, consultation and injection.
func secondConsultFee(_ encounter: Encounter) -> [Finding] {
    let already = encounter.history.contains {
        $0.feeType == .generalConsult && $0.day == encounter.day
    }
    let lines = encounter.items.enumerated().filter { $0.element.feeType == .generalConsult }
    return (already ? lines[...] : lines.dropFirst()).map { index, _ in
        Finding(.secondConsultFee, .stop, line: index + 1)
    }
}
