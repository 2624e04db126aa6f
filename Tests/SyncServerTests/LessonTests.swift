import Collecting
import DemoCounty
import Foundation
import Hosting
import Identifying
import Journaling
import Merging
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

/// What users of other systems lost or were told wrongly, where no other suite holds it; the whole
/// list with its tests is `docs/lessons.md`.
@Suite struct LessonTests {
    @Test func `bulletins that cannot be had never keep a day's work back`() async throws {
        let county = try await TestCounty()
        let clinic = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let li = try county.small.member(.liGuihua)
        try await clinic.visit(li, fen: 1_200)
        let office = county.office
        let broken = Carrier(
            send: { try await office.receive($0) },
            manifest: { _ in throw HTTPRequest.Fault.refused(status: 500, message: "") },
            section: { _ in throw HTTPRequest.Fault.refused(status: 500, message: "") })
        await #expect(throws: HTTPRequest.Fault.self) { _ = try await clinic.desk.night(broken) }
        #expect(try await clinic.desk.status().allSigned)
        let year = try county.office.store.read { try $0.personYear(li.number, 2026) }
        #expect(year?.claimed.total.fen == 1_200)
    }

    @Test func `two nights at once bring every entry once`() async throws {
        let county = try await TestCounty()
        let clinic = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let li = try county.small.member(.liGuihua)
        for fen in [400, 800, 1_200] { try await clinic.visit(li, fen: fen) }
        // The courier's, and somebody who presses the button, again and again.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try await clinic.night() } }
            try await group.waitForAll()
        }
        #expect(try await clinic.desk.status().allSigned)
        let (year, forked) = try county.office.store.read {
            (
                try $0.personYear(li.number, 2026),
                try $0.journal(clinic.desk.journal.kiosk)?.forkedAt
            )
        }
        #expect(year?.claimed.total.fen == 2_400 && forked == nil)
        #expect(try await county.office.rebuild().unchanged)
    }

    @Test func `who did the work stands in it, whoever sends it`() async throws {
        let county = try await TestCounty()
        try county.office.store.write { session in
            try session.put([
                county.small.person(("D0009", "975310"), .villageDoctor, at: "H41992500001")
            ])
        }
        let clinic = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let visit = try await clinic.visit(try county.small.member(.liGuihua), fen: 1_200)
        // Somebody else is at the desk when the night begins.
        let other = try await clinic.desk.signIn("D0009", pin: "975310")
        try await clinic.night()
        let held = try county.office.store.read { session in
            try session.entry(
                EntryReference(kiosk: visit.header.kiosk, sequence: visit.header.sequence))
        }
        #expect(held?.entry.header.by == "D0001")
        #expect(held?.entry.header.session == clinic.session.id && other.id != clinic.session.id)
    }

    @Test func `work done before somebody was taken off the list still arrives and counts`()
        async throws
    {
        let county = try await TestCounty()
        let clinic = try await county.device("H41992500001", operator: ("D0001", "246810"))
        let li = try county.small.member(.liGuihua)
        try await clinic.visit(li, fen: 1_200)
        // The office moves the doctor to the other clinic before the box has spoken.
        try county.office.store.write { session in
            try session.put([
                county.small.person(("D0001", "246810"), .villageDoctor, at: "H41992500002")
            ])
        }
        try await clinic.night()
        #expect(try await clinic.desk.status().allSigned)
        let year = try county.office.store.read { try $0.personYear(li.number, 2026) }
        #expect(year?.claimed.total.fen == 1_200 && year?.clashes == [])
    }

    @Test func `a file that was here before says so and adds nothing`() async throws {
        let here = try await StickCounty()
        let device = try await here.device()
        try await device.visit(try here.county.small.member(.liGuihua), fen: 1_200)
        _ = try await device.desk.export(to: here.stick)
        let path = here.path(.toCounty, device.desk.device)
        let first = try await here.county.office.importFile(path, answers: nil)
        #expect(try #require(first.new) > 0 && first.message.contains("新记录 \(first.new ?? 0) 条"))
        let again = try await here.county.office.importFile(path, answers: nil)
        #expect(again.new == 0 && again.count == first.count)
        #expect(again.message.contains("以前收过"))
    }
}
