import Cataloguing
import Foundation
import Identifying
import Journaling
import Merging
import Pricing
import Publishing
import Rules
import Settling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import SyncServer

/// The county's ledger is a function of the set of entries, forks included: any order of arrival, any
/// repetition, any split into parcels gives the same digest and the same person-years.
@Suite(.onBothStores) struct SetLawsTests {
    static let seeds =
        ProcessInfo.processInfo.environment["MERGE_SEEDS"].flatMap(Int.init) ?? 60
    /// Over a socket each of a thousand small transactions waits for its answers.
    private var seeds: Int {
        TestStore.current == .postgres ? min(Self.seeds, 1_000) / 4 : Self.seeds
    }
    private let world: SetWorld

    init() throws { world = try SetWorld() }

    @Test func `shuffled, repeated, split and forked histories give one digest`() async throws {
        var (forks, settled) = (0, 0)
        for start in stride(from: 0, to: seeds, by: 50) {
            // The second is always a file: over PostgreSQL the two stores are held to each other.
            let pair = try (
                world.office("a\(start)", in: TestStore.database()), world.office("b\(start)")
            )
            for seed in start..<min(start + 50, seeds) {
                var random = SeededNumbers(seed: UInt64(seed))
                let history = try world.history(seed, &random)
                forks += history.isForked ? 1 : 0
                for office in [pair.0, pair.1] {
                    try await world.deliver(history, to: office, &random)
                }
                let digests = (try await pair.0.digest(), try await pair.1.digest())
                #expect(digests.0 == digests.1, "seed \(seed)")
                for person in history.people {
                    for year in [2026, 2027] {
                        let years = try [pair.0, pair.1].map { office in
                            try office.store.read { try $0.personYear(person.number, year) }
                        }
                        #expect(years[0] == years[1], "seed \(seed)")
                        settled += years[0]?.clashes.filter { $0.kind == .owedTwice }.count ?? 0
                    }
                }
            }
            #expect(try await pair.0.verify().faults == [], "from seed \(start)")
            #expect(try await pair.1.rebuild().unchanged, "from seed \(start)")
        }
        #expect(forks > seeds / 4 && settled > seeds / 4)
    }
}

/// What one seed tells the county: journals, some of them forked, and what the office decides.
struct History {
    var people: [Member] = []
    var boxes: [(box: SignedBox, institution: String)] = []
    var parcels: [[[UInt8]]] = []
    var isForked: Bool { decided > 0 || forked }
    var forked = false
    var decided = 0
}

struct SetWorld {
    let small: SmallCounty
    let folder: TestFolder
    let policy: Policy
    let day: Day

    init() throws {
        small = try SmallCounty(people: 2)
        folder = try TestFolder()
        var item = CatalogueItem(
            code: "X", name: "x", itemClass: .a, ownShare: .zero, priceLimit: nil,
            price: Money(fen: 100), feeType: .westernMedicine, validFrom: Day(number: 0))
        item.unit = "盒"
        policy = Policy(rules: try small.content().rulebook(), catalogue: Catalogue([item]))
        day = try #require(Day("2026-03-01"))
    }

    /// - Parameter database: connection string; `nil` for a file of its own.
    func office(_ name: String, in database: String? = nil) throws -> OfficeAtWork {
        try OfficeAtWork(
            office: Office(
                folder: folder.path + "/" + name, county: SmallCounty.code,
                clock: small.clock.clock, randomness: small.randomness,
                database: database), policy: policy)
    }

    /// One to three kiosks with visits, voids and receipts of two people; about half of them forked
    /// once or twice, and about half of the forks decided.
    func history(_ seed: Int, _ random: inout SeededNumbers) throws -> History {
        var history = History()
        for place in 0..<2 {
            var member = small.members[1]
            member.number = try #require(PersonNumber(rawValue: "P\(seed)X\(place)"))
            history.people.append(member)
        }
        var office = try box("C", seed * 10, policy)
        for number in 0..<(1 + random.next(below: 3)) {
            var trunk = try box("K", seed * 10 + number, policy)
            try grow(&trunk, by: 1 + random.next(below: 6), history.people, &random)
            var paths = [trunk]
            if random.next(below: 2) == 0 {
                for _ in 0...random.next(below: 2) {
                    let source = paths[random.next(below: paths.count)]
                    var copy = source.setBack(to: random.next(below: source.entries.count))
                    try grow(&copy, by: 1 + random.next(below: 4), history.people, &random)
                    paths.append(copy)
                }
                history.forked = true
                if random.next(below: 2) == 0 {
                    try decide(paths, &office, &random)
                    history.decided += 1
                }
            }
            history.boxes.append((trunk, "H41992500001"))
            for path in paths {
                let ends = (0..<random.next(below: 4)).map { _ in
                    1 + random.next(below: path.entries.count)
                }
                history.parcels.append(try path.parcels(endingAt: Set(ends).sorted()))
            }
        }
        try adjust(history, &office, &random)
        if !office.entries.isEmpty {
            history.boxes.append((office, SmallCounty.code))
            history.parcels.append(try office.parcels(endingAt: [1]))
        }
        return history
    }

    private func box(_ letter: String, _ number: Int, _ policy: Policy) throws -> SignedBox {
        let digits = String(number + 1_000_000)
        return SignedBox(
            kiosk: try #require(KioskID(rawValue: letter + digits)),
            key: try DeviceKey(raw: small.randomness.bytes(32)), policy: policy)
    }

    private func grow(
        _ box: inout SignedBox, by count: Int, _ people: [Member], _ random: inout SeededNumbers
    ) throws {
        for _ in 0..<count {
            let person = people[random.next(below: people.count)]
            let on = day.adding(days: random.next(below: 40))
            let id = hex(small.randomness.bytes(4))
            switch box.entries.isEmpty ? 7 : random.next(below: 8) {
            case 0: try box.void(id: id)
            case 1:
                try box.collect(person, on: on, number: 1 + random.next(below: 9_999), id: id)
            case 2:
                // Few numbers, so that some desks know of each other's and some do not.
                let phones = (0..<2).map { _ in "5550\(random.next(below: 3))" }
                let change = ContactChange(
                    identity: id, person: person.number, now: ContactDetails(phone: phones[0]),
                    before: ContactDetails(phone: phones[1]))
                try box.append(.contact(change), on: on)
            default:
                // Some visits settle what is owed, now and then in the next year.
                let settling = owed(&random)
                let late = !settling.isEmpty && random.next(below: 3) == 0
                try box.visit(
                    person, fen: 100 + random.next(below: 90_000),
                    on: late ? on.adding(days: 310) : on, id: id, settling: settling)
            }
        }
    }

    /// What adjustments may have left, to be settled; named whether it was left or not.
    private func owed(_ random: inout SeededNumbers) -> [OwedSum] {
        guard random.next(below: 3) == 0 else { return [] }
        let amount = 4_000 * (1 + random.next(below: 2)) * (random.next(below: 3) == 0 ? -1 : 1)
        return [
            OwedSum(
                identity: "a\(random.next(below: 2))", year: 2026, amount: Money(fen: amount),
                reason: "yearChanged", kiosk: .nobody, day: day)
        ]
    }

    /// The county lays differences of visits on their people.
    private func adjust(
        _ history: History, _ office: inout SignedBox, _ random: inout SeededNumbers
    ) throws {
        guard let box = history.boxes.first?.box else { return }
        for number in 0..<random.next(below: 3) {
            let person = history.people[random.next(below: history.people.count)]
            try office.append(
                .adjustment(
                    Adjustment(
                        identity: "a\(number)", person: person.number, year: 2026,
                        kiosk: box.kiosk, sequence: 1 + random.next(below: box.entries.count),
                        hash: nil, scheme: .resident,
                        difference: ["hifp_pay": Money(fen: 4_000 * (1 - 3 * number))],
                        reason: .yearChanged, bearer: .person, isLate: false)), on: day,
                by: "C0101")
        }
    }

    /// Some first entries of branches count and some do not; now and then nobody confirms, or the
    /// same person does.
    private func decide(
        _ paths: [SignedBox], _ office: inout SignedBox, _ random: inout SeededNumbers
    ) throws {
        let links = paths.flatMap { path in
            path.entries.enumerated().map { place, entry in
                Link(
                    sequence: place + 1, hash: entry.hash,
                    previous: place == 0 ? .zero : path.entries[place - 1].hash)
            }
        }
        let starts = Branches(links, after: (0, .zero)).starts.map(\.hash)
        var decision = BranchDecision(
            kiosk: paths[0].kiosk, counts: starts.filter { _ in random.next(below: 3) > 0 },
            leaves: [], reason: "test")
        decision.leaves = starts.filter { !decision.counts.contains($0) }.sorted()
        try office.append(.branchDecision(decision), on: day, by: "C0101")
        decision.confirms = office.entries.count
        let confirmer = random.next(below: 5) == 0 ? "C0101" : "C0102"
        if random.next(below: 5) > 0 {
            try office.append(.branchDecision(decision), on: day, by: confirmer)
        }
    }

    /// All parcels shuffled and repeated, then each journal once more from its beginning, as kiosks
    /// do that were told of a gap.
    func deliver(
        _ history: History, to office: OfficeAtWork, _ random: inout SeededNumbers
    ) async throws {
        try office.register(history)
        let all = history.parcels.flatMap { $0 }
        for packed in (all + all.prefix(2)).shuffled(using: &random) {
            try await office.take(packed)
        }
        for path in history.parcels.shuffled(using: &random) {
            for packed in path { try await office.take(packed) }
        }
    }
}

/// An office that knows a policy and takes what comes.
struct OfficeAtWork {
    let office: Office
    var store: any CountyStore { office.store }

    init(office: Office, policy: Policy) throws { self.office = office; self.policy = policy }
    private let policy: Policy

    func register(_ history: History) throws {
        try store.write { session in
            for (box, institution) in history.boxes {
                try session.put(
                    StoredJournal(
                        kiosk: box.kiosk, institution: institution, name: "",
                        publicKey: hex(box.key.publicKey), oneTimeCode: "", revoked: false,
                        through: 0, head: .zero, blocks: "[]"))
            }
        }
    }

    func take(_ packed: [UInt8]) async throws {
        await office.use(policy)
        do { _ = try await office.receive(packed) } catch RoundFault.forked {}
    }

    func digest() async throws -> Fingerprint { try await office.digest() }
    func verify() async throws -> LedgerVerification { try await office.verify() }
    func rebuild() async throws -> RebuildAnswer { try await office.rebuild() }
}
