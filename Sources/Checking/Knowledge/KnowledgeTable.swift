import Vocabulary

// The table of knowledge points: how a county keeps them in a file and a bulletin carries them.
extension KnowledgePoint {
    private static let columns = ["code", "kind", "value", "window", "batch", "source"]

    /// Reads a table of points; a byte-for-byte repeated row counts once.
    ///
    /// - Throws: ``TableFaults`` with every fault of every row; nothing is taken over then.
    public static func table(csv text: String) throws(TableFaults) -> [KnowledgePoint] {
        var seen: Set<KnowledgePoint> = []
        return try CSVTable(text, needs: columns).read { field, fault in
            guard let point = KnowledgePoint(field, fault), seen.insert(point).inserted else {
                return nil
            }
            return point
        }
    }

    /// The same bytes for the same points, whatever their order.
    public static func csv(_ points: [KnowledgePoint]) -> String {
        let rows = Set(points.map(\.row)).sorted()
        return ([columns.joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
    }

    private init?(_ field: (String) -> String, _ fault: (String, String) -> Void) {
        let (code, value, window) = (field("code"), field("value"), field("window"))
        if code.isEmpty { fault("code", "is empty") }
        if field("source").isEmpty { fault("source", "is empty; name who published the point") }
        guard let kind = Kind(rawValue: field("kind")) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            fault("kind", "\"\(field("kind"))\" is none of \(known)")
            return nil
        }
        guard let batch = Int(field("batch")), batch >= 0 else {
            fault(
                "batch", "\"\(field("batch"))\" is no batch number; 0 for the county's own")
            return nil
        }
        let period = Window(window)
        if kind.hasWindow ? period == nil : !window.isEmpty {
            fault("window", "\"\(window)\" does not suit \(kind.rawValue); \(kind.windowRemedy)")
        }
        if !kind.accepts(value) {
            fault("value", "\"\(value)\" is not \(kind.expectation)")
        }
        self.init(code, kind, value, per: period, batch: batch, source: field("source"))
    }

    private var row: String {
        [code, kind.rawValue, value, window?.description ?? "", String(batch), source]
            .map(CSVTable.quoted).joined(separator: ",")
    }
}

extension KnowledgePoint.Kind {
    fileprivate var hasWindow: Bool {
        switch self {
        case .repeated, .frequency, .cycle: true
        default: false
        }
    }

    fileprivate var windowRemedy: String {
        hasWindow ? "write visit, day, month, days 7 or hours 6" : "leave it empty"
    }

    fileprivate func accepts(_ value: String) -> Bool {
        switch self {
        case .sex: Sex(rawValue: value) != nil
        case .level: ["1", "2", "3"].contains(value)
        case .course, .frequency, .cycle: Int(value).map { (1...3_660).contains($0) } ?? false
        default: !value.isEmpty
        }
    }

    fileprivate var expectation: String {
        switch self {
        case .sex: "1 (male) or 2 (female)"
        case .level: "1, 2 or 3"
        case .course, .frequency, .cycle: "a whole number from 1"
        default: "a word"
        }
    }
}

extension CSVTable {
    fileprivate static func quoted(_ field: String) -> String {
        field.contains { $0 == "," || $0 == "\"" || $0.isNewline }
            ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
    }
}
