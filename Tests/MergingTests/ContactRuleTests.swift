import Identifying
import Journaling
import Merging
import Testing
import Vocabulary

/// A telephone or a village group changed at two desks, as a table of cases.
@Suite struct ContactRuleTests {
    private let histories: Histories

    init() throws { histories = try Histories() }

    struct Change: Sendable {
        let kiosk: String
        let phone: String
        var knowing: String?
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// One a day.
        let changes: [Change]
        let clashes: [String]
        let holds: String
    }

    private static let cases = [
        Case(
            testDescription: "two desks that did not know of each other",
            changes: [
                Change(kiosk: "K0001", phone: "55501"), Change(kiosk: "K0002", phone: "55502"),
            ],
            clashes: ["contactChangedTwice K0001-1 K0002-1"], holds: "55502"),
        Case(
            testDescription: "the second had the first before it",
            changes: [
                Change(kiosk: "K0001", phone: "55501"),
                Change(kiosk: "K0002", phone: "55502", knowing: "55501"),
            ], clashes: [], holds: "55502"),
        Case(
            testDescription: "both say the same",
            changes: [
                Change(kiosk: "K0001", phone: "55501"), Change(kiosk: "K0002", phone: "55501"),
            ],
            clashes: [], holds: "55501"),
        Case(
            testDescription: "no telephone any more is a word too",
            changes: [Change(kiosk: "K0001", phone: "55501"), Change(kiosk: "K0002", phone: "")],
            clashes: ["contactChangedTwice K0001-1 K0002-1"], holds: ""),
        Case(
            testDescription: "somebody who saw what held settles it",
            changes: [
                Change(kiosk: "K0001", phone: "55501"), Change(kiosk: "K0002", phone: "55502"),
                Change(kiosk: "K0001", phone: "55503", knowing: "55502"),
            ], clashes: [], holds: "55503"),
        Case(
            testDescription: "a third who knew of the first alone",
            changes: [
                Change(kiosk: "K0001", phone: "55501"), Change(kiosk: "K0002", phone: "55502"),
                Change(kiosk: "K0001", phone: "55503", knowing: "55501"),
            ], clashes: ["contactChangedTwice K0002-1 K0001-2"], holds: "55503"),
        Case(
            testDescription: "one desk twice",
            changes: [
                Change(kiosk: "K0001", phone: "55501"),
                Change(kiosk: "K0001", phone: "55502", knowing: "55501"),
            ], clashes: [], holds: "55502"),
        Case(
            testDescription: "one change alone",
            changes: [Change(kiosk: "K0002", phone: "55501", knowing: "55509")], clashes: [],
            holds: "55501"),
    ]

    private func exchanged(_ line: String) -> String {
        line.replacing("K0001", with: "K000x").replacing("K0002", with: "K0001")
            .replacing("K000x", with: "K0002")
    }

    @Test(arguments: cases)
    func `contact details changed in two places`(one: Case) throws {
        for isExchanged in [false, true] {
            var story = Story(histories, exchanged: isExchanged)
            for (day, change) in one.changes.enumerated() {
                try story.contact(
                    change.kiosk, ContactDetails(phone: change.phone),
                    knowing: ContactDetails(phone: change.knowing), day: day)
            }
            let found = try story.matters()
            #expect(found.map(\.line) == (isExchanged ? one.clashes.map(exchanged) : one.clashes))
            #expect(found.allSatisfy { !$0.waits && $0.amount == .zero })
            #expect(foldContact(story.entries.reversed()).details.phone == one.holds)
            // No money hangs on it.
            #expect(histories.fold(story.entries) == histories.fold([]))
        }
    }

    /// The kiosks' names order a day; whoever had a change before them came after it all the same.
    @Test(arguments: [("K0001", "K0002"), ("K0002", "K0001")])
    func `within a day what was known came first`(earlier: String, later: String) throws {
        var story = Story(histories)
        try story.contact("K0003", ContactDetails(phone: "55501"))
        try story.contact(earlier, ContactDetails(phone: "55502"), day: 1)
        try story.contact(
            later, ContactDetails(phone: "55503"), knowing: ContactDetails(phone: "55502"), day: 1)
        #expect(try story.matters().isEmpty)
        #expect(foldContact(story.entries).details.phone == "55503")
    }

    @Test func `an undecided branch changes nobody's telephone`() throws {
        var story = Story(histories)
        let first = try story.contact("K0001", ContactDetails(phone: "55501"))
        let second = try story.contact("K0002", ContactDetails(phone: "55502"), day: 1)
        let held = Placed(
            kiosk: second.kiosk, sequence: second.sequence, entry: second.entry, branch: .held)
        #expect(foldContact([first, second]).details.phone == "55502")
        #expect(foldContact([first, held]).details.phone == "55501")
    }

    /// A day apart the order is that of the days, whatever the last desk knew.
    @Test func `what came a day later came later`() throws {
        var story = Story(histories)
        try story.contact(
            "K0001", ContactDetails(phone: "55502"), knowing: ContactDetails(phone: "55503"))
        try story.contact("K0002", ContactDetails(phone: "55503"), day: 1)
        #expect(
            try story.matters().map(\.line) == ["contactChangedTwice K0001-1 K0002-1"])
        #expect(foldContact(story.entries).details.phone == "55503")
    }

    @Test func `telephone and group are changed apart`() throws {
        var story = Story(histories)
        try story.contact("K0001", ContactDetails(phone: "55501", group: 3))
        try story.contact("K0002", ContactDetails(group: 4), day: 1)
        #expect(try story.matters().map(\.line) == ["contactChangedTwice K0001-1 K0002-1"])
        let contact = foldContact(story.entries)
        #expect(contact.details == ContactDetails(phone: "55501", group: 4))
        #expect(contact.phone?.other == nil && contact.group?.other?.value == 3)
    }

    @Test func `what nobody could ring is not plausible`() {
        for phone in ["", "0379-5550101", "+8613800005550", "55501"] {
            #expect(ContactDetails(phone: phone).isPlausible, "\(phone)")
        }
        for phone in ["5", "12a45", "１３８０００", "0379 5550101", String(repeating: "1", count: 21)] {
            #expect(!ContactDetails(phone: phone).isPlausible, "\(phone)")
        }
        #expect(!ContactDetails(group: 0).isPlausible && !ContactDetails(group: 100).isPlausible)
        let hinge = PersonNumber(rawValue: "P1").map(Hinge.contact)
        #expect(hinge.flatMap { Hinge(rawValue: $0.rawValue) } == hinge)
    }
}
