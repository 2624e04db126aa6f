import Collecting
import Hosting
import Identifying
import Journaling
import Merging
import Pricing
import Settling
import SmallCounty
import Syncing
import Vocabulary

@testable import SyncServer

/// A county office with two clinics and two township desks, its policy released by two clerks.
struct PagesOffice {
    let county: SmallCounty
    let folder: TestFolder
    let office: Office

    /// Clerks C0101 and C0102, an auditor, a doctor who does not belong here.
    static let first = ("C0101", "112233")
    static let second = ("C0102", "445566")
    static let auditor = ("A0101", "778899")
    static let hostile = "<script>alert('x')</script>\"&"
    static let amlodipine = "XC08CAQ866A001010199001"

    init() async throws {
        county = try SmallCounty()
        folder = try TestFolder()
        office = try Office(
            folder: folder.path, county: SmallCounty.code, clock: county.clock.clock,
            randomness: county.randomness)
        let people = try await operators()
        try office.store.write { session in
            try session.put(PagesOffice.institutions)
            try session.put(people)
            try session.put(county.members)
        }
        for login in [PagesOffice.first, PagesOffice.second] {
            try await office.makeOfficeKey(of: login.0, pin: login.1)
        }
        _ = try await office.propose(
            try county.content(), note: "首版", firstDay: nil, by: Self.first.0, pin: Self.first.1)
        _ = try await office.release(by: Self.second.0, pin: Self.second.1)
    }

    private static let institutions = [
        place("H41992500001", "黄坳村卫生室", "village", "419925101", "两河镇"),
        place("H41992500002", "石门村卫生室", "village", "419925101", "两河镇"),
        place("H41992590001", "两河镇医保服务站", "township", "419925101", "两河镇"),
        place("H41992590002", "青龙镇医保服务站", "township", "419925102", "青龙镇"),
    ]

    private static func place(
        _ code: String, _ name: String, _ kind: String, _ township: String, _ townshipName: String
    ) -> Institution {
        Institution(
            code: code, name: name, kind: kind, level: kind, township: township,
            townshipName: townshipName, village: "", phone: "0000-866" + code.suffix(4))
    }

    private func operators() async throws -> [Syncing.Operator] {
        let rows: [((String, String), String, Role)] = [
            (Self.first, "赵明", .countyClerk), (Self.second, "钱芳", .countyClerk),
            (Self.auditor, Self.hostile, .auditor),
            (SmallCounty.doctor, "王医生", .villageDoctor),
            (SmallCounty.collector, "刘会计", .townshipCollector),
        ]
        return try rows.map { try county.person($0, named: $1, $2, at: SmallCounty.code) }
    }
}

/// A kiosk that writes its journal apart from every other.
struct PagesKiosk {
    let journal: Journal
    let key: DeviceKey
    let test: PagesOffice

    init(_ test: PagesOffice, at institution: String) async throws {
        self.test = test
        key = try DeviceKey(raw: test.county.randomness.bytes(32))
        let provision = try await test.office.enroll(institution, server: "http://127.0.0.1:1")
        let kiosk = provision.desk.kiosk
        journal = try Journal(path: test.folder.path + "/\(kiosk).sqlite", kiosk: kiosk)
        try journal.append(
            .opened(
                Opening(
                    publicKey: hex(key.publicKey), institution: institution,
                    county: SmallCounty.code, software: "test")), stamp(by: ""))
        _ = try await test.office.register(
            try Registration(
                kiosk: kiosk, key: key, at: test.office.clock.now(),
                secret: try JoinCode(provision.oneTimeCode)?.secret(for: kiosk) ?? []))
    }

    /// The same box copied: its key and number, another history.
    init(cloneOf other: PagesKiosk) throws {
        (test, key) = (other.test, other.key)
        let path = test.folder.path + "/clone.sqlite"
        journal = try Journal(path: path, kiosk: other.journal.kiosk)
        try journal.append(
            .opened(
                Opening(
                    publicKey: hex(key.publicKey), institution: "", county: SmallCounty.code,
                    software: "clone")), stamp(by: ""))
    }

    private func stamp(by id: String) -> Journal.Stamp {
        let now = test.county.clock.clock.now()
        return Journal.Stamp(at: now, day: now.day, by: id, session: "s")
    }

    /// A visit priced as if nothing had happened anywhere else.
    ///
    /// - Parameter owner: the relative whose account pays the own part, where it is not cash.
    @discardableResult
    func visit(
        _ member: Member, packs: Int, price: Int, given: Standing? = nil,
        paidBy owner: Member? = nil
    ) async throws -> Entry {
        let county = test.county
        let now = county.clock.clock.now()
        let policy = await test.office.policy
        let bill = Bill(
            day: now.day, scheme: member.scheme, kind: .outpatient, level: .village,
            lines: [
                Bill.Line(
                    code: PagesOffice.amlodipine, quantity: Quantity(packs),
                    price: Money(fen: price))
            ])
        let standing = given ?? Standing(year: now.day.year)
        let quote = try Pricing.price(
            bill, by: policy.rules, catalogue: policy.catalogue, given: standing)
        let ownPart = quote.amounts.personPart
        let settlement =
            try owner.map { owner in
                try settle(
                    quote, tenders: [:],
                    family: [FamilyPayment(owner: owner.number, amount: ownPart)],
                    balances: [owner.number: owner.account])
            } ?? settle(quote, tenders: Settlement.inCash(quote))
        let visit = Visit(
            identity: county.randomness.identity(),
            patient: Identified(member: member, assurance: .credential),
            diagnoses: ["I10.x00x002"], quote: quote, settlement: settlement, given: standing,
            knowledge: Knowledge(policy: 1, rollAsOf: now.adding(seconds: -86_400)))
        return try journal.append(.visit(visit), stamp(by: SmallCounty.doctor.0))
    }

    @discardableResult
    func void(_ entry: Entry, reason: String) throws -> Entry? {
        guard case .visit(let visit) = entry.fact else { return nil }
        return try journal.append(
            .visitVoid(
                VisitVoid(
                    identity: test.county.randomness.identity(), of: visit,
                    sequence: entry.header.sequence, reason: reason)),
            stamp(by: SmallCounty.doctor.0))
    }

    func collect(_ member: Member, year: Int, number: Int) async throws {
        let policy = await test.office.policy
        var unpaid = member
        unpaid.coverage.paidYears.removeAll { $0 == year }
        let today = test.county.clock.clock.now().day
        let due = try due(from: unpaid, for: year, on: today, by: policy.rules)
        let contribution = try Collecting.collect(
            [due], household: member.home.household, tenders: [.cash: due.toPay], allowed: [.cash])
        guard let block = ReceiptBlock(code: "41030126", first: 1, last: 99_999) else { return }
        try journal.append(
            .contribution(
                ContributionReceipt(
                    identity: test.county.randomness.identity(), contribution: contribution,
                    block: block, number: number)), stamp(by: SmallCounty.collector.0))
    }

    func send() async throws {
        _ = try await sendJournal(
            journal, key: key, trust: await test.office.trust, clock: test.county.clock.clock,
            carrier: Carrier(
                send: { packed in try await test.office.receive(packed) },
                manifest: { _ in [] }, section: { _ in [] }))
    }
}

extension PagesOffice {
    /// 李桂华 bore the deductible at two clinics, 陈志勇 paid next year's contribution at two desks.
    func plant() async throws {
        let (left, right) = (
            try await PagesKiosk(self, at: "H41992500001"),
            try await PagesKiosk(self, at: "H41992500002")
        )
        let li = try county.member(named: "李桂华")
        let (here, there) = (
            try await PagesKiosk(self, at: "H41992590001"),
            try await PagesKiosk(self, at: "H41992590002")
        )
        let chen = try county.member(named: "陈志勇")
        try await left.visit(li, packs: 100, price: 390)
        county.clock.advance(seconds: 3600)
        try await right.visit(li, packs: 90, price: 390)
        try await here.collect(chen, year: 2027, number: 10_001)
        county.clock.advance(seconds: 600)
        try await there.collect(chen, year: 2027, number: 20_001)
        for kiosk in [left, right, here, there] { try await kiosk.send() }
    }
}
