import Cataloguing
import Foundation
import Journaling
import Merging
import Pricing
import Publishing
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import SyncServer

/// What a county whose limits are divided strictly does in a night, by how many people it has.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["BENCH"] != nil), .serialized)
struct AllotmentBench {
    private func row(_ name: String, _ seconds: Double, _ people: Int, _ pass: Double) {
        print(
            "\(name)  \(String(format: "%.1f us a person", seconds * 1e6 / Double(people)))",
            " reading the roll alone \(String(format: "%.1f us", pass * 1e6 / Double(people)))",
            String(format: " ratio %.2f", seconds / pass))
    }

    @Test func `a night of allotments beside one reading of the roll`() async throws {
        let people =
            ProcessInfo.processInfo.environment["BENCH_PEOPLE"].flatMap(Int.init) ?? 20_000
        let folder = try TestFolder()
        let county = try SmallCounty(people: people)
        let office = try await office(of: county, in: folder.path + "/office")
        let townships = try office.store.read { try $0.townships() }
        let pass = try seconds {
            let read = try office.store.read { session in
                try townships.reduce(0) { try $0 + session.members(township: $1).count }
            }
            #expect(read == people)
        }
        for night in ["first night", "second night"] {
            var given = 0
            row(
                "\(night), rights", try await seconds { given = try await office.allot() }, people,
                pass)
            #expect(night == "first night" ? given > people : given == 0)
            row(
                "\(night), bulletins", try await seconds { _ = try await office.publishDaily() },
                people, pass)
        }
    }

    /// Everybody lives in a village with a clinic and a device.
    private func office(of county: SmallCounty, in folder: String) async throws -> Office {
        let office = try Office(
            folder: folder, county: SmallCounty.code, clock: county.clock.clock,
            randomness: county.randomness)
        let content = try county.content(over: ["common/allotment/mode": "strict"])
        await office.price(
            by: Policy(rules: try content.rulebook(), catalogue: Catalogue(content.catalogue)))
        let places = Set(county.members.map { Place($0) }).sorted {
            ($0.township, $0.village) < ($1.township, $1.village)
        }
        let clinics = places.enumerated().map { number, place in
            Institution(
                code: "H4199\(2_500_001 + number)", name: place.village + "卫生室", kind: "village",
                level: "village", township: place.township, townshipName: "两河镇",
                village: place.village, phone: "0000-5550101")
        }
        try office.store.write { session in
            try session.put(county.members)
            try session.put(clinics)
            for (number, clinic) in clinics.enumerated() {
                try session.put(
                    StoredJournal(
                        kiosk: KioskID(rawValue: "K\(10_000 + number)") ?? .nobody,
                        institution: clinic.code, name: "",
                        publicKey: hex(county.service.publicKey), oneTimeCode: "",
                        revoked: false, through: 1, head: .zero, blocks: "[]"))
            }
        }
        return office
    }
}
