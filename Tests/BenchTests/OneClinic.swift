import Cataloguing
import DemoCounty
import Foundation
import Identifying
import Journaling
import Merging
import Pricing
import Publishing
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// A clinic with three thousand people on its roll and a doctor signed in.
struct OneClinic {
    let county: SmallCounty
    let folder: TestFolder
    let desk: Desk
    let session: Session
    let members: [Member]
    private let cards: [PersonNumber: String]

    init() async throws {
        county = try SmallCounty(people: 3_000)
        folder = try TestFolder()
        desk = try Desk(
            provision: county.provision("K0001"), folder: folder.path, clock: county.clock.clock,
            randomness: county.randomness)
        try await desk.take(try county.policy(try county.content(), version: 1))
        try await desk.take(try county.daily(version: 1, for: "K0001"))
        session = try await desk.signIn(SmallCounty.doctor.0, pin: SmallCounty.doctor.1)
        members = county.members.filter {
            $0.coverage.paidYears.contains(2026) && $0.coverage.died == nil
                && $0.coverage.moved == nil && $0.coverage.suspended == nil
                && $0.coverage.waitingUntil == nil
        }
        let county = county
        cards = try Dictionary(
            uniqueKeysWithValues: members.prefix(700).map {
                ($0.number, try county.credential(of: $0))
            })
    }

    func visit(_ member: Member) async throws -> Entry {
        let patient = try await desk.identify(
            cards[member.number] ?? member.identity.description)
        var order = Order(id: county.randomness.identity(), patient: patient.identified)
        order.diagnoses = ["I10.x00x002"]
        order.lines = [
            Order.Line(code: "001102000010000", quantity: .one, price: Money(fen: 600)),
            Order.Line(
                code: "XC08CAQ866A001010199001", quantity: .one, price: Money(fen: 390), days: 7),
        ]
        _ = try await desk.quote(order)
        return try await desk.settle(order, paying: .all(.cash), by: session)
    }
}
