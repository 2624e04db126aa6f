import DemoCounty
import Foundation
import Identifying
import Journaling
import SmallCounty
import Testing
import Vocabulary

@testable import SyncServer

/// Who may pay from whose account, as a roll says it that the county imports.
@Suite struct FamilyLinksTests {
    private let people: [Member]
    private let owner: Member

    init() throws {
        let county = try SmallCounty()
        people = county.members.filter { $0.scheme == .resident }
        owner = try #require(county.members.first { $0.scheme == .employee })
    }

    private func linked(_ place: Int, _ owners: [PersonNumber]) -> Member {
        var member = people[place]
        member.familyAccounts = owners
        return member
    }

    private func faults(
        _ members: [Member], most: Int? = 5, others: [PersonNumber: Int] = [:]
    ) -> [String] {
        FamilyLinks(members).faults(
            member: { number in ([owner] + people).first { $0.number == number } },
            atMost: most, others: others
        ).map { "\($0.row) \("\($0.fault)".prefix { $0 != "(" })" }
    }

    @Test func `an employee on the roll may pay, each other link is told by row`() throws {
        let nobody = try #require(PersonNumber(rawValue: "41992500999999"))
        let number = owner.number
        #expect(faults([people[0], linked(1, [number])]) == [])
        #expect(faults([people[0], linked(1, [people[1].number])]) == ["2 ownAccount"])
        #expect(faults([linked(0, [nobody]), people[1]]) == ["1 unknown"])
        #expect(faults([linked(0, [people[2].number])]) == ["1 noAccount"])
        #expect(faults([linked(0, [number, number])]) == ["1 listedTwice"])
        let long = (0...Visit.mostPayers).compactMap {
            PersonNumber(rawValue: "4199250088\(100 + $0)")
        }
        #expect(faults([linked(0, long)]).first == "1 tooLong")
        // All of them at once, in the order of the file.
        #expect(
            faults([linked(0, [nobody]), people[3], linked(2, [people[1].number])])
                == ["1 unknown", "3 noAccount"])
    }

    @Test(
        arguments: [
            // Relatives in the file, in other files, at most; rows that are one too many.
            (5, 0, 5, []), (6, 0, 5, ["6 tooMany"]), (2, 4, 5, ["2 tooMany"]), (1, 4, 5, []),
            (6, 9, nil, []), (1, 0, 0, ["1 tooMany"]),
        ] as [(Int, Int, Int?, [String])])
    func `an owner adds so many relatives and no more`(
        inFile: Int, others: Int, most: Int?, expected: [String]
    ) {
        let members = (0..<inFile).map { linked($0, [owner.number]) }
        #expect(faults(members, most: most, others: [owner.number: others]) == expected)
    }

    private func imported(_ members: [Member], to county: TestCounty) async throws {
        let path = county.folder.path + "/roll.jsonl"
        let lines = try members.map { String(decoding: try CompactJSON.encode($0), as: UTF8.self) }
        try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        _ = try await county.office.importFile(path, answers: nil)
    }

    @Test func `a roll with a link that cannot stand is not taken over at all`() async throws {
        let county = try await TestCounty()
        func stored(_ place: Int) throws -> Member? {
            try county.office.store.read { try $0.member(people[place].number) }
        }
        try await imported((0..<5).map { linked($0, [owner.number]) }, to: county)
        #expect(try stored(4)?.familyAccounts == [owner.number])
        // The sixth comes in a file of its own; the seed policy says five.
        do {
            try await imported(
                [linked(5, [owner.number]), linked(6, [people[6].number])], to: county)
            Issue.record("a sixth relative was taken")
        } catch OfficeFault.faults(let text) {
            let lines = text.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines[0].contains("第 1 行 familyAccounts：\(owner.number) 的账户已登记给第 6 个家人，最多 5 人"))
            #expect(
                lines[1].contains("第 2 行") && lines[1].contains("是本人") && lines[1].hasSuffix("。"))
        }
        #expect(try stored(5)?.familyAccounts == nil)
        // One is given up, another takes the place.
        try await imported([people[0], linked(5, [owner.number])], to: county)
        #expect(try stored(5)?.familyAccounts == [owner.number])
    }

    @Test func `whose account is not shared is told what to do`() {
        let sentence = Texts.sentence(for: OfficeFault.accountNotShared(owner.number))
        #expect(sentence.contains("家庭共济") && sentence.contains("请改收现金"))
    }

    @Test func `a roll without the key reads as before`() throws {
        let text = String(decoding: try CompactJSON.encode(people[0]), as: UTF8.self)
        #expect(!text.contains("familyAccounts"))
        let read = try CompactJSON.decode(Member.self, from: Array(text.utf8))
        #expect(read == people[0] && read.familyAccounts == nil)
    }
}
