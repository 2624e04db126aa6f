import Vocabulary

// Reading by the whole path, for figures that no circumstance changes or only one key does.
extension Rulebook {
    /// - Parameter key: row of a table kept by key (a level, a title); "default" where left out.
    public func money(_ path: String, on day: Day, key: String? = nil) throws(RulebookFault)
        -> Cited<Money>?
    {
        let (folder, name) = place(path)
        return try folder.money(name, on: day, for: circumstances(key))
    }

    public func share(_ path: String, on day: Day, key: String? = nil) throws(RulebookFault)
        -> Cited<Share>?
    {
        let (folder, name) = place(path)
        return try folder.share(name, on: day, for: circumstances(key))
    }

    public func count(_ path: String, on day: Day) throws(RulebookFault) -> Cited<Int>? {
        let (folder, name) = place(path)
        return try folder.count(name, on: day)
    }

    public func word(_ path: String, on day: Day) throws(RulebookFault) -> Cited<String>? {
        let (folder, name) = place(path)
        return try folder.word(name, on: day)
    }

    public func words(_ path: String, on day: Day) throws(RulebookFault) -> Cited<[String]>? {
        let (folder, name) = place(path)
        return try folder.words(name, on: day)
    }

    /// A figure without which the step cannot be done at all.
    public func require<Value: Sendable>(
        _ found: Cited<Value>?, _ path: String
    ) throws(RulebookFault) -> Cited<Value> {
        guard let found else { throw .missing(parameter: path) }
        return found
    }

    private func place(_ path: String) -> (RuleFolder, String) {
        guard let slash = path.lastIndex(of: "/") else { return (folder(""), path) }
        return (folder(String(path[..<slash])), String(path[path.index(after: slash)...]))
    }

    private func circumstances(_ key: String?) -> Circumstances {
        var circumstances = Circumstances()
        if let key { circumstances.state(.level, key) }
        return circumstances
    }
}
