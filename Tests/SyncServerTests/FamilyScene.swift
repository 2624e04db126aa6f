import Allotting
import DemoCounty
import Identifying
import Journaling
import Merging
import Settling
import SmallCounty
import Syncing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// Two clinics, somebody without an account who lives in the first one's village, and a relative whose
/// account may pay.
struct FamilyScene {
    let scene: AllotmentScene
    let owner: Member

    var home: TestDevice { scene.home }
    var away: TestDevice { scene.away }
    var office: Office { scene.office }

    /// - Parameters:
    ///   - balance: of the relative's account, in fen.
    ///   - village: where the relative lives.
    ///   - township: another one than the patient's, where it is given.
    init(
        mode: AllotmentMode? = .strict, balance: Int = 10_000, village: String = "黄坳村",
        township: String = SmallCounty.township, rules: [String: String] = [:]
    ) async throws {
        scene = try await AllotmentScene(
            mode: mode, rules: AllotmentScene.fifty.merging(rules) { _, b in b }
        ) { county in
            guard var owner = county.members.first(where: { $0.scheme == .employee }) else {
                return []
            }
            owner.account = Money(fen: balance)
            owner.home.village = village
            owner.home.township = township
            owner.coverage.died = nil
            var person = try county.member(.liGuihua)
            person.familyAccounts = [owner.number]
            return [owner, person]
        }
        guard let number = scene.person.familyAccounts?.first,
            let owner = scene.county.small.members.first(where: { $0.number == number })
        else { throw NobodyToPay() }
        self.owner = owner
    }

    struct NobodyToPay: Error {}

    /// A visit that accounts pay as far as they reach here.
    @discardableResult
    func visit(_ device: TestDevice, fen: Int = 2_420) async throws -> Visit {
        try await settle(try await scene.order(device, fen: fen), at: device)
    }

    @discardableResult
    func settle(_ order: Order, at device: TestDevice) async throws -> Visit {
        let proposal = try await device.desk.quote(order)
        let accounts = proposal.byAccounts
        let cash = proposal.asked - accounts.total
        let tenders = Tenders.listed(
            [.account: accounts.own, .cash: cash], family: accounts.family)
        let entry = try await device.desk.settle(order, paying: tenders, by: device.session)
        guard case .visit(let visit) = entry.fact else { throw NobodyToPay() }
        return visit
    }

    /// What may be spent of the relative's account at a clinic.
    func here(_ device: TestDevice) async throws -> Int {
        let identified = Identified(member: scene.person, assurance: .name)
        return try await device.desk.patient(identified).family.map { $0.here().fen }.reduce(0, +)
    }

    var ownersYear: PersonYear? {
        get throws { try office.store.read { try $0.personYear(owner.number, 2026) } }
    }

    /// Rights to the relative's account and what has become of them.
    var rights: [RightState] {
        get throws { (try ownersYear?.rights ?? []).filter { $0.limit == .ownAccount } }
    }

    /// What the county counts as drawn from the relative's account.
    var drawn: Int {
        get throws {
            let drawings = try office.store.read {
                try $0.accountDrawings(township: owner.home.township)
            }
            return (drawings[owner.number] ?? [:]).values.sum().fen
        }
    }
}
