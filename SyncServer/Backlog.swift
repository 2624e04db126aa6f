import Journaling
import Merging
import Vocabulary

// From entries that are stored to a ledger that counts them.
extension Office {
    /// How many entries one transaction folds.
    static let mostFolded = 16_384
    /// How many are put in at a time, while the person-years of those before are priced.
    static let stepFolded = 2_048

    /// Folds everything that is stored and not folded yet, some of it in each transaction.
    func foldBacklog() throws {
        while try !store.read({ try $0.backlog() }).isEmpty {
            try store.write { try foldStored($0, atMost: Office.mostFolded) }
        }
    }

    /// Folds stored entries: kiosks' first, then the county's own, which speak of them.
    func foldStored(_ session: any LedgerSession, atMost limit: Int = .max) throws {
        let backlog = try session.backlog()
        let own = backlog.filter { $0.institution == county }
        var (left, years) = (limit, YearsBeingPriced())
        defer { years.abandon() }
        for group in [backlog.filter { $0.institution != county }] + own.map({ [$0] }) {
            var waiting = group
            var next = try EntriesBeingRead(&waiting, session, &left)
            while let some = next {
                let placed = try some.placed()
                // The next are read on other threads while these are put in.
                next = try EntriesBeingRead(&waiting, session, &left)
                try fold(placed, session, &years)
                for (kiosk, folded) in some.after { try session.put(folded: folded, of: kiosk) }
            }
            // The county's word on what is not folded yet has to wait.
            guard waiting.isEmpty else { break }
        }
        try years.store(in: session)
    }

    /// Folds stored entries into the ledger; what cannot be merged is set aside and blocks nothing.
    private func fold(
        _ placed: [Placed], _ session: any LedgerSession, _ years: inout YearsBeingPriced
    ) throws {
        try usePolicy(of: session)
        var touched: Set<PersonAndYear> = []
        var previous: Placed?
        var (changes, closings) = (CacheChanges(), try session.closings())
        for entry in placed {
            if entry.movesClosedMonths, try hindrance(of: entry, session) == nil {
                // What stands in the books so far is moved by the closing, so it is stored first.
                try changes.store(in: session)
                try leaveOut(entry, session, &changes.books)
                closings = try session.closings()
            }
            try putIn(entry, session, closings, &changes, after: previous)
            touched.formUnion(entry.personYears.map(PersonAndYear.init))
            previous = entry
        }
        try changes.store(in: session)
        try years.price(touched.sorted(), knowing: placed, by: policy, session)
        try fold(changes.subjects, session, by: policy)
        guard placed.contains(where: \.takesEffectOnOthers) else { return }
        // What was decided has person-years folded again that may just be being priced.
        try years.store(in: session)
        try takeEffect(placed, session)
    }

    /// Decisions of the county reach entries that were put in before.
    private func takeEffect(_ placed: [Placed], _ session: any LedgerSession) throws {
        var decided: Set<KioskID> = []
        for case .branchDecision(let decision) in placed.map(\.entry.fact) {
            if decided.insert(decision.kiosk).inserted { try restate(decision.kiosk, session) }
        }
        for case .ruling(let ruling) in placed.map(\.entry.fact) {
            try putInAgain(ruling.kiosk, ruling.sequence, session)
        }
    }

    /// Folds person-years again.
    ///
    /// While some are priced on every core, those before are written and the next are read.
    nonisolated func fold(
        _ years: Set<PersonAndYear>, _ session: any LedgerSession, by policy: Policy
    ) throws {
        let years = years.sorted()
        var running = YearsBeingPriced()
        defer { running.abandon() }
        for start in stride(from: 0, to: years.count, by: 512) {
            let some = Array(years[start..<min(start + 512, years.count)])
            try running.price(some, by: policy, session)
        }
        try running.store(in: session)
    }
}

extension Placed {
    /// Whether it decides what becomes of other entries.
    fileprivate var takesEffectOnOthers: Bool {
        switch entry.fact {
        case .branchDecision, .ruling: true
        default: false
        }
    }
}

/// Stored entries of several journals that are read on every core.
private struct EntriesBeingRead {
    private let running: WorkInHand<StoredEntry, Placed>
    /// How far each journal is folded with them; `nil` where nothing is left of it.
    let after: [(KioskID, folded: Int?)]

    /// Begins with the first that wait, and takes off the list what that finishes; `nil` where none
    /// waits or none may be folded any more.
    init?(_ waiting: inout [Backlog], _ session: any LedgerSession, _ left: inout Int) throws {
        guard !waiting.isEmpty, left > 0 else { return nil }
        let limit = min(left, Office.stepFolded)
        var stored: [StoredEntry] = []
        var after: [(KioskID, folded: Int?)] = []
        while let next = waiting.first, stored.count < limit {
            let some = try session.stored(
                next.kiosk, behind: next.folded, limit: min(limit - stored.count, next.count))
            stored += some
            waiting[0].folded += some.count
            let isDone = waiting[0].count <= 0 || some.isEmpty
            after.append((next.kiosk, isDone ? nil : waiting[0].folded))
            if isDone { waiting.removeFirst() }
        }
        left -= stored.count
        self.after = after
        running = WorkInHand(stored) { $0.placed() }
    }

    func placed() throws -> [Placed] { try running.results() }
}

/// Person-years that are priced on every core, while the thread that owns the transaction writes
/// those before them and puts the next entries in.
private struct YearsBeingPriced {
    private var running: WorkInHand<FoldingWork, FoldedYear>?

    /// Reads what pricing takes, has it priced, and stores what was priced before.
    ///
    /// - Parameter placed: entries that were read a moment ago.
    mutating func price(
        _ years: [PersonAndYear], knowing placed: [Placed] = [], by policy: Policy,
        _ session: any LedgerSession
    ) throws {
        var work = try session.work(for: years, knowing: placed)
        let priced = try take()
        // Whoever came again a moment later finds the year as it was just priced, not as stored.
        let latest = Dictionary(
            uniqueKeysWithValues: priced.lazy.map { ($0.place, $0.json) })
        for place in work.indices {
            if let json = latest[work[place].place] { work[place].before = json }
        }
        running = WorkInHand(work) { try $0.folded(by: policy) }
        try session.put(priced)
    }

    mutating func store(in session: any LedgerSession) throws {
        try session.put(try take())
    }

    private mutating func take() throws -> [FoldedYear] {
        guard let priced = running else { return [] }
        running = nil
        return try priced.results()
    }

    /// Nothing may run on behind a transaction that is taken back.
    mutating func abandon() {
        running?.abandon()
        running = nil
    }
}

extension Backlog {
    var count: Int { through - folded }
}
