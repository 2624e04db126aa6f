import DemoCounty
import Identifying
import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk

/// A desk in a temporary folder, provisioned and with tonight's bulletins.
struct TestDesk {
    let county: SmallCounty
    let folder: TestFolder
    let desk: Desk
    let session: Session

    init(_ kiosk: String = "K0001", county: SmallCounty? = nil) async throws {
        self.county = try county ?? SmallCounty()
        folder = try TestFolder()
        desk = try Desk(
            provision: self.county.provision(kiosk), folder: folder.path,
            clock: self.county.clock.clock, randomness: self.county.randomness)
        try await desk.take(try self.county.policy(try self.county.content(), version: 1))
        try await desk.take(try self.county.daily(version: 1, for: kiosk))
        let login = kiosk.hasPrefix("T") ? SmallCounty.collector : SmallCounty.doctor
        session = try await desk.signIn(login.0, pin: login.1)
    }

    /// An order of one pack of amlodipine and the consult fee, for somebody identified by card.
    func order(for patient: Patient) -> Order {
        var order = Order(id: county.randomness.identity(), patient: patient.identified)
        order.diagnoses = ["I10.x00x002"]
        order.lines = [
            Order.Line(
                code: "XC08CAQ866A001010199001", quantity: .one, price: Money(fen: 390), days: 7)
        ]
        return order
    }
}

@Suite struct VisitTests {
    @Test func `a visit settles once however often it is pressed`() async throws {
        let test = try await TestDesk()
        let card = try test.county.credential(of: try test.county.member(.liGuihua))
        let patient = try await test.desk.identify(card)
        #expect(patient.identified.assurance == .credential)
        #expect(patient.eligibility == .covered)

        let order = test.order(for: patient)
        let first = try await test.desk.settle(order, paying: .all(.cash), by: test.session)
        let again = try await test.desk.settle(order, paying: .all(.cash), by: test.session)
        #expect(first == again)
        let verified = try test.desk.journal.verify(publicKey: test.desk.key.publicKey)
        #expect(verified.faults.isEmpty)
        #expect(try test.desk.journal.rebuild())
    }

    @Test func `another bill under a number that was settled is refused`() async throws {
        let test = try await TestDesk()
        let card = try test.county.credential(of: try test.county.member(.liGuihua))
        let order = test.order(for: try await test.desk.identify(card))
        let entry = try await test.desk.settle(order, paying: .all(.cash), by: test.session)
        let edits: [(inout Order) -> Void] = [
            { $0.lines[0].quantity = Quantity(2) }, { $0.lines.append($0.lines[0]) },
            { $0.lines = [] }, { $0.diagnoses = [] }, { $0.lines[0].code = "other" },
        ]
        for edit in edits {
            var other = order
            edit(&other)
            await #expect(throws: Refusal.saidDifferently(entry.header.sequence)) {
                try await test.desk.settle(other, paying: .all(.cash), by: test.session)
            }
        }
        // Prices may have changed between two tries.
        var dearer = order
        dearer.lines[0].price = Money(fen: 400)
        #expect(
            try await test.desk.settle(dearer, paying: .all(.cash), by: test.session) == entry)
    }
}
