import Hosting
import Syncing
import Testing
import Vocabulary

@testable import Kiosk

@Suite struct LinkWordsTests {
    @Test func `a refusal of the county is told in the county's own words`() {
        let refused = HTTPRequest.Fault.refused(status: 403, message: "终端 K0001 已被县局停用")
        #expect(Texts.sending(failed: refused, phone: "0000").contains("已被县局停用"))
        let unreachable = HTTPRequest.Fault.unreachable("no route")
        #expect(Texts.sending(failed: unreachable, phone: "0000-1").contains("U 盘"))
    }

    @Test func `a spare names the numbers that are lost`() throws {
        let kiosk = try #require(KioskID(rawValue: "K0001"))
        let known = Predecessor(kiosk: kiosk, through: 50, lastSeen: 57)
        #expect(Texts.replaced(known).contains("第 51 到 57 笔丢失"))
        let unknown = Predecessor(kiosk: kiosk, through: 50)
        #expect(unknown.lost == nil && Texts.replaced(unknown).contains("第 51 笔起"))
        #expect(Predecessor(kiosk: kiosk, through: 50, lastSeen: 50).lost == nil)
    }
}
