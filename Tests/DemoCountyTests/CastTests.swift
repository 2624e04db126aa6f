import DemoCounty
import Identifying
import Testing
import Vocabulary

@Suite("The cast of 黄坳村")
struct CastTests {
    private func households(seed: UInt64 = 2026) throws -> [String: [Member]] {
        var found: [String: [Member]] = [:]
        do {
            try demoCounty(seed: seed).forEachHousehold { household in
                found[household.number] = household.members
                if found.count == Cast.allCases.count { throw Unexpected.enough }
            }
        } catch Unexpected.enough {}
        return found
    }

    private func member(_ cast: Cast) throws -> Member {
        let home = try households()[cast.household] ?? []
        return try #require(home.first { $0.name == cast.rawValue })
    }

    @Test("lives in fixed households, whatever the seed", arguments: Cast.allCases)
    func present(cast: Cast) throws {
        let member = try member(cast)
        #expect(member.home.village == "黄坳村")
        #expect(member.home.township == "419925101")
        #expect(try households(seed: 5)[cast.household] == households()[cast.household])
    }

    @Test("has the circumstances the handbook tells of")
    func circumstances() throws {
        let day = try demoCounty().day
        #expect(try member(.liGuihua).recognitions.map(\.disease) == ["I10"])
        #expect(try member(.liGuihua).familyDoctor)
        #expect(try member(.wangDashan).recognitions.map(\.kind) == [.twoDiseases])
        #expect(try member(.zhaoXiaoman).birth == day.adding(days: -40))
        #expect(try member(.zhaoXiaoman).coverage.paidYears == [])
        #expect(try member(.sunFusheng).coverage.died == day.adding(days: -25))
        #expect(try member(.zhouWenxiu).coverage.suspended != nil)
        #expect(try member(.wuGuoqiang).coverage.moved != nil)
        #expect(try member(.zhengXiaomei).coverage.waitingUntil == day.adding(days: 40))
        #expect(try member(.fengYulan).titles == [.subsistence])
        #expect(try day.age(bornOn: member(.fengYulan).birth) == 75)
        #expect(try member(.chenJianjun).account == Money(fen: 86_000))
        #expect(try member(.chenJianjun).scheme == .employee)
    }

    @Test("has a household of six that owes next year")
    func householdOfSix() throws {
        let home = try #require(try households()[Cast.chenZhiyong.household])
        #expect(home.count == 6)
        #expect(home.allSatisfy { $0.coverage.paidYears.last == 2026 })
        #expect(home.filter { $0.titles == [.severeDisability] }.count == 1)
        #expect(home.first?.home.isHead == true)
    }
}
