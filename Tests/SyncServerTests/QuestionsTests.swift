import DemoCounty
import Foundation
import Identifying
import Journaling
import Merging
import Pricing
import SmallCounty
import Testing
import Vocabulary

@testable import SyncServer

/// What a clerk is asked most often, answered by one page each.
@Suite struct QuestionsTests {
    @Test func `a name and an amount open the one visit at its derivation`() async throws {
        try await withPages { test, browser in
            var browser = browser
            let clinic = try await PagesKiosk(test, at: "H41992500001")
            let person = try test.county.member(.liGuihua)
            var settled: [Visit] = []
            for packs in [100, 200] {
                if case .visit(let visit) = try await clinic.visit(
                    person, packs: packs, price: 390
                ).fact {
                    settled.append(visit)
                }
            }
            try await clinic.send()
            _ = try await browser.signIn(PagesOffice.auditor)
            func ask(_ typed: String) async throws -> Browser.Shown {
                try await browser.post("/members", ["sought": typed])
            }
            let last = try #require(settled.last)
            let fund = try await ask("\(person.name) \(last.amounts.fundTotal)")
            #expect(fund.location.hasSuffix("#why"))
            let whole = try await ask("\(person.name) \(last.amounts.total)")
            #expect(whole.location == fund.location)
            let page = try await browser.get(String(fund.location.dropLast(4))).text
            #expect(page.contains("id=\"why\"") && page.contains("与结算一致"))
            // An amount nobody got shows the person and everything there is.
            let other = try await ask("\(person.name) 0.07")
            #expect(other.location == memberHref(person.number))
        }
    }

    @Test func `a name that two people bear names nobody to a command`() async throws {
        let county = try await TestCounty(people: 20)
        let members = county.small.members
        var namesake = members[1]
        namesake.name = members[0].name
        let office = county.office
        try office.store.write { [namesake] in try $0.put([namesake]) }
        await #expect(throws: OfficeFault.severalPeople(namesake.name)) {
            try await office.explain(namesake.name, nil)
        }
        await #expect(throws: OfficeFault.unknownPerson("nobody")) {
            try await office.explain("nobody", nil)
        }
        for text in [namesake.number.rawValue, namesake.identity.description] {
            #expect(try await office.explain(text, nil).person == namesake.number)
        }
    }

    @Test func `what clashed last night is what came in since noon of yesterday`() async throws {
        try await withPages { test, browser in
            var browser = browser
            let clinics = [
                try await PagesKiosk(test, at: "H41992500001"),
                try await PagesKiosk(test, at: "H41992500002"),
            ]
            let person = try test.county.member(.liGuihua)
            for clinic in clinics { try await clinic.visit(person, packs: 100, price: 390) }
            try await clinics[0].send()
            _ = try await browser.signIn(PagesOffice.auditor)
            let calm = Texts.page["calmNight"] ?? "?"
            #expect(try await browser.get("/clashes?since=night").text.contains(calm))
            // Written days ago, and new to the county all the same.
            test.county.clock.advance(seconds: 5 * 86_400)
            try await clinics[1].send()
            _ = try await browser.signIn(PagesOffice.auditor)
            let kind = try #require(
                try test.office.store.read { try $0.clashes(limit: 10) }.first?.clash.kind)
            let night = try await browser.get("/clashes?since=night").text
            #expect(night.contains(kind.words.name) && night.contains(Texts.masked(person.name)))
            #expect(!night.contains(calm))
            #expect(!(try await browser.get("/").text.contains(Texts.newClashes(0))))
            test.county.clock.advance(seconds: 2 * 86_400)
            _ = try await browser.signIn(PagesOffice.auditor)
            #expect(try await browser.get("/clashes?since=night").text.contains(calm))
            #expect(try await browser.get("/clashes").text.contains(kind.words.name))
            #expect(try await browser.get("/").text.contains(Texts.newClashes(0)))
        }
    }

    @Test func `who owes whom stands by institution, debtors of the county first`() async throws {
        try await withPages { test, browser in
            var browser = browser
            let clinic = try await PagesKiosk(test, at: "H41992500001")
            let desk = try await PagesKiosk(test, at: "H41992590001")
            let people = test.county.members
            let entry = try await clinic.visit(people[0], packs: 100, price: 390)
            guard case .visit(let visit) = entry.fact else { return }
            try await desk.collect(people[1], year: 2027, number: 10_001)
            for box in [clinic, desk] { try await box.send() }
            _ = try await browser.signIn(PagesOffice.auditor)
            let page = try await browser.get("/ledger/clinics").text
            let fund = Texts.yuan(visit.amounts.fundTotal)
            #expect(visit.amounts.fundTotal > .zero && page.contains(fund))
            let owing = try #require(page.range(of: Texts.owes(Money(fen: -1))))
            let owed = try #require(page.range(of: Texts.owes(Money(fen: 1))))
            #expect(owing.lowerBound < owed.lowerBound && page.contains("400.00 元"))
            let last = try await browser.get("/ledger/clinics?span=last").text
            #expect(!last.contains(fund))
        }
    }
}
