import Foundation
import Identifying
import Journaling
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// Somebody of another township comes to the clinic.
@Suite(.onBothStores) struct ElsewhereTests {
    private func scene() async throws -> (TestCounty, TestDevice, [Member]) {
        let county = try await TestCounty(people: 20)
        // Three neighbours from over the hill, in the county but not in this township.
        let sound = county.small.members.filter {
            $0.coverage.paidYears.contains(2026) && $0.coverage.died == nil
                && $0.coverage.moved == nil && $0.coverage.suspended == nil
                && $0.coverage.waitingUntil == nil
        }
        var strangers = Array(sound.prefix(3))
        for index in strangers.indices {
            strangers[index].identity = try IdentityNumber(first17: "9999991970010100\(index)")
            strangers[index].number = try #require(
                PersonNumber(rawValue: "9999990000\(index)"))
            strangers[index].home.township = "419925102"
            strangers[index].credential = 400_000 + index
        }
        strangers[1].coverage.paidYears = [2024]
        try county.office.store.write { [strangers] in try $0.put(strangers) }
        let device = try await county.device("H41992500001", operator: ("D0001", "246810"))
        return (county, device, strangers)
    }

    private func word(_ device: TestDevice, _ typed: String) async throws -> CountyWord? {
        do {
            _ = try await device.desk.identify(typed)
            return nil
        } catch Refusal.notOnThisRoll(let word) { return word }
    }

    @Test func `the county's list says who is covered, who is not, and whom nobody knows`()
        async throws
    {
        let (county, device, strangers) = try await scene()
        let covered = try await word(device, strangers[0].identity.description)
        #expect(covered?.answer == .covered(strangers[0].scheme) && covered?.age == 0)
        #expect(covered?.name == nil)
        let unpaid = try await word(device, strangers[1].identity.description)
        #expect(unpaid?.answer == .notCovered(strangers[1].scheme))
        let nobody = try await word(
            device, try IdentityNumber(first17: "99999919700101099").description)
        #expect(nobody?.answer == .unknown)
        // By a credential of the county, which carries no identity number.
        let card = try county.small.credential(
            of: strangers[2], key: county.office.credentialKey)
        let carded = try await word(device, card)
        #expect(carded?.answer == .covered(strangers[2].scheme))
        #expect(carded?.name == strangers[2].name)
        // People of the township are found as ever.
        let own = try #require(county.small.members.first)
        #expect(
            try await device.desk.identify(own.identity.description).member.number == own.number)
    }

    @Test func `the sentence tells the age of the list and what the doctor may do`() async throws {
        let (county, device, strangers) = try await scene()
        county.small.clock.advance(seconds: 3 * 86_400)
        let word = try #require(try await word(device, strangers[0].identity.description))
        let sentence = Texts.sentence(for: Refusal.notOnThisRoll(word), phone: "0000-5550101")
        #expect(word.age == 3)
        for part in ["全县名单", "2026-11-22", "3 天前", "有居民医保待遇", "全额收费", "0000-5550101"] {
            #expect(sentence.contains(part), "\(part): \(sentence)")
        }
        // In the new year the list still speaks, of who had paid for it; after that it is too old.
        county.small.clock.advance(seconds: 60 * 86_400)
        let later = try await self.word(device, strangers[0].identity.description)
        let paid = strangers[0].coverage.paidYears.contains(2027)
        #expect(later?.answer == (paid ? .covered(.resident) : .notCovered(.resident)))
        county.small.clock.advance(seconds: 365 * 86_400)
        #expect(
            try await self.word(device, strangers[0].identity.description)?.answer == .tooOld)
    }

    @Test func `a kiosk holds no name or number of another township`() async throws {
        let (_, device, strangers) = try await scene()
        let bytes = try #require(try device.desk.shelf.section(SectionName.coverage))
        let text = String(decoding: bytes, as: UTF8.self)
        for member in strangers {
            #expect(try device.desk.shelf.member(member.number) == nil)
            for word in [member.name, member.identity.description, member.number.rawValue] {
                #expect(!text.contains(word))
            }
        }
        #expect(await device.desk.assignment.coverageKey?.count == 64)
    }
}
