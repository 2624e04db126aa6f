import DemoCounty
import Identifying
import Journaling
import SmallCounty
import Testing
import Vocabulary

@testable import Kiosk

@Suite struct PagesContactTests {
    private static let household = Cast.chenZhiyong.household
    private static let path = "/contact/\(household)"

    private func kept(_ browser: Browser) throws -> [ContactChange] {
        try browser.test.desk.journal.read { try $0.latest(["contact"], limit: 9) }.compactMap {
            guard case .contact(let change) = $0.fact else { return nil }
            return change
        }
    }

    @Test(arguments: ["T0001", "K0001"])
    func `a telephone is written down once, by whoever was told`(at id: String) async throws {
        let browser = try await Browser(id)
        let person = try #require(try browser.test.desk.shelf.household(Self.household).first)
        let field = "phone-\(person.number)"
        try await browser.work { (pages) async throws in
            #expect(try await pages.get(Self.path).html.contains("name=\"\(field)\""))
            for _ in 0..<2 {
                _ = try await pages.post(
                    Self.path,
                    [field: "０３７９－５５５ 0101", "group-\(person.number)": "\(person.home.group)"])
            }
            #expect(try await pages.get(Self.path).html.contains("value=\"0379-5550101\""))
            // Nothing is said of whom nothing was typed; a second change knows of the first.
            let saved = try await pages.post(Self.path, [field: "", "group-\(person.number)": "9"])
            #expect(saved.html.contains("已记下 1 人"))
        }
        let entries = try kept(browser)
        #expect(
            entries.map(\.now) == [
                ContactDetails(phone: "", group: 9), ContactDetails(phone: "0379-5550101"),
            ])
        #expect(
            entries.map(\.before) == [
                ContactDetails(phone: "0379-5550101", group: person.home.group), ContactDetails(),
            ])
    }

    @Test func `what cannot be rung is refused and stays in its field`() async throws {
        let browser = try await Browser("T0001")
        let person = try #require(try browser.test.desk.shelf.household(Self.household).first)
        try await browser.work { (pages) async throws in
            let refused = try await pages.post(Self.path, ["phone-\(person.number)": "没有"])
            #expect(refused.html.contains("没有看懂") && refused.html.contains("value=\"没有\""))
            let group = try await pages.post(
                Self.path, ["phone-\(person.number)": "", "group-\(person.number)": "三"])
            #expect(group.html.contains("村民小组没有看懂"))
            let nobody = try await pages.get("/contact/999")
            #expect(nobody.html.contains("名册里没有户号 999"))
        }
        #expect(try kept(browser).isEmpty)
    }
}
