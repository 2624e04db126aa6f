/// Parameters of a folder that no step reads: a slip of the finger would otherwise be a limit that
/// silently does not hold.
public func unread(_ folder: RuleFolder, known names: [String]) -> [RuleFault] {
    folder.sorted.compactMap { parameter in
        let name = parameter.name
        guard !names.contains(name) else { return nil }
        let nearest = names.min { distance($0, name) < distance($1, name) }
        return RuleFault(
            file: parameter.path + ".yaml", line: 1,
            message: "nothing here reads a parameter \"\(name)\"",
            remedy: nearest.map { "did you mean \($0).yaml?" } ?? "take the file away")
    }
}

/// How many letters have to be changed to make one word of another.
private func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    var row = Array(0...b.count)
    for (i, letter) in a.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, other) in b.enumerated() {
            let change = diagonal + (letter == other ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(change, row[j] + 1, diagonal + 1)
        }
    }
    return row[b.count]
}
