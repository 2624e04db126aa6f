import DemoCounty
import Identifying
import Journaling
import Settling
import SmallCounty
import Testing
import Vocabulary

@testable import Kiosk

@Suite struct SlipTests {
    private func settled() async throws -> (TestDesk, Entry) {
        let test = try await TestDesk()
        let card = try test.county.credential(of: try test.county.member(.liGuihua))
        let patient = try await test.desk.identify(card)
        let entry = try await test.desk.settle(
            test.order(for: patient), paying: .all(.cash), by: test.session)
        return (test, entry)
    }

    @Test func `the proof on a slip is the device's and of this entry`() async throws {
        let (test, entry) = try await settled()
        let slip = try await test.desk.slip(entry.header.sequence)
        let key = test.desk.key.publicKey
        #expect(SlipProof.check(slip.proofText, publicKey: key))
        let parts = slip.proofText.split(separator: "|").map(String.init)
        #expect(parts[0...2] == ["VK1", "K0001", "\(entry.header.sequence)"])
        #expect(parts[3] == "2026-11-22" && parts[5...7] == ["3.90", "0.00", "3.90"])
        #expect(parts[8] == entry.hash.description && parts[9].count == 128)
    }

    @Test func `a changed slip is no slip`() async throws {
        let (test, entry) = try await settled()
        let text = try await test.desk.slip(entry.header.sequence).proofText
        let key = test.desk.key.publicKey
        let forgeries = [
            text.replacing("3.90", with: "9.30"), text.replacing("K0001", with: "K0002"),
            text.replacing("VK1", with: "VK2"), String(text.dropLast()), text + "|", text + "0",
            "", "|", "VK1|||||||||",
        ]
        for forgery in forgeries { #expect(!SlipProof.check(forgery, publicKey: key)) }
        #expect(!SlipProof.check(text, publicKey: test.county.service.publicKey))
        #expect(!SlipProof.check(text, publicKey: []))
    }

    @Test func `a slip hides the middle of names and numbers`() async throws {
        let (test, entry) = try await settled()
        let slip = try await test.desk.slip(entry.header.sequence)
        let member = try test.county.member(.liGuihua)
        #expect(slip.payer.map(\.value).prefix(2) == ["李*华", member.maskedIdentity])
        #expect(!"\(slip)".contains(member.name))
        #expect(!"\(slip)".contains(member.identity.description))
        #expect(slip.reasons.first == "起付线内自付 3.90")
        #expect(try slip.escpos().count > 1000)
    }

    @Test func `a void mirrors its visit on a red slip`() async throws {
        let (test, entry) = try await settled()
        let void = try await test.desk.void(
            entry.header.sequence, reason: "开错药", by: test.session)
        let slip = try await test.desk.slip(void.header.sequence)
        #expect(slip.mark?.hasPrefix("红票") == true)
        #expect(slip.paid == "-3.90" && slip.lines[0].amount == "-3.90")
        #expect(SlipProof.check(slip.proofText, publicKey: test.desk.key.publicKey))
        let reprint = try await test.desk.slip(entry.header.sequence)
        #expect(reprint.mark?.contains("已作废") == true)
    }

    @Test(arguments: [
        (0, "零元整"), (5, "伍分"), (50, "伍角整"), (100, "壹元整"), (105, "壹元零伍分"),
        (12_345, "壹佰贰拾叁元肆角伍分"), (40_000, "肆佰元整"), (100_500, "壹仟零伍元整"),
        (1_000_500, "壹万零伍元整"), (20_030_000, "贰拾万零叁佰元整"), (-40_000, "负肆佰元整"),
    ])
    func `amounts in capitals`(fen: Int, capitals: String) {
        #expect(Texts.capitals(Money(fen: fen)) == capitals)
    }
}
