import Dispatch
import Journaling
import Merging
import Synchronization
import Vocabulary

// From entries that are stored to a ledger that counts them.
extension Office {
    /// How many entries one transaction folds; what it makes of them lies in memory meanwhile.
    static let mostFolded = 8_192

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
        var left = limit
        for group in [backlog.filter { $0.institution != county }] + own.map({ [$0] }) {
            var waiting = group
            while !waiting.isEmpty, left > 0 {
                left -= try foldSome(&waiting, session, atMost: min(left, Office.mostFolded))
            }
            // The county's word on what is not folded yet has to wait.
            guard waiting.isEmpty else { return }
        }
    }

    /// Folds some entries of several journals and takes off the list what is done.
    private func foldSome(
        _ waiting: inout [Backlog], _ session: any LedgerSession, atMost limit: Int
    ) throws -> Int {
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
        try fold(try onEveryCore(stored) { $0.placed() }, session)
        for (kiosk, folded) in after { try session.put(folded: folded, of: kiosk) }
        return stored.count
    }

    /// Folds stored entries into the ledger; what cannot be merged is set aside and blocks nothing.
    func fold(_ placed: [Placed], _ session: any LedgerSession) throws {
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
        let read = Dictionary(
            placed.map { ($0.entry.hash, $0.entry) }, uniquingKeysWith: { first, _ in first })
        try fold(touched, session, by: policy, read: read)
        try fold(changes.subjects, session, by: policy)
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
        _ years: Set<PersonAndYear>, _ session: any LedgerSession, by policy: Policy,
        read: [Fingerprint: Entry] = [:]
    ) throws {
        let years = Array(years)
        var running: Pending<[FoldedYear]>?
        for start in stride(from: 0, to: years.count, by: 512) {
            let work = try session.work(for: Array(years[start..<min(start + 512, years.count)]))
            let next = Pending { try onEveryCore(work) { try $0.folded(by: policy, read: read) } }
            if let running { try session.put(try running.value()) }
            running = next
        }
        if let running { try session.put(try running.value()) }
    }
}

extension Backlog {
    var count: Int { through - folded }
}

/// Something being worked out on another thread.
private final class Pending<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let done = DispatchGroup()

    init(_ work: @escaping @Sendable () throws -> Value) {
        DispatchQueue.global().async(group: done) { [self] in
            let outcome = Result { try work() }
            result.withLock { $0 = outcome }
        }
    }

    func value() throws -> Value {
        done.wait()
        guard let outcome = result.withLock({ $0 }) else {
            preconditionFailure("done, and no outcome")
        }
        return try outcome.get()
    }
}
