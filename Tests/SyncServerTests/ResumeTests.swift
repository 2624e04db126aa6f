import Foundation
import Hosting
import Journaling
import SmallCounty
import Syncing
import Synchronization
import Testing
import Vocabulary

@testable import Kiosk
@testable import SyncServer

@Suite struct ResumeTests {
    let kiosk = KioskID(rawValue: "K0001") ?? .nobody

    private func name(_ bytes: [UInt8], size: Int? = nil) throws -> Uploads.Name {
        try #require(
            Uploads.Name(
                kiosk: kiosk, digest: String("\(SyncingHash.of(bytes))".prefix(16)),
                size: "\(size ?? bytes.count)"))
    }

    @Test func `every piece of a parcel that arrived stays, whatever is cut and repeated`()
        async throws
    {
        let folder = try TestFolder()
        let random = SeededBytes(seed: 11)
        let parcel = random.next(5_000)
        let name = try name(parcel)
        var numbers = SeededNumbers(seed: 12)
        var cuts = 0
        while true {
            // Every cut loses the process as well; the file is all that is left.
            let uploads = Uploads(folder: folder.path)
            try await uploads.begin(name)
            let held = await uploads.held(name)
            if held == parcel.count {
                #expect(try await uploads.whole(name) == parcel)
                break
            }
            // Some lines go back a little and bring what is here already.
            let from = max(0, held - numbers.next(below: 40))
            let to = min(parcel.count, held + 1 + numbers.next(below: 200))
            try await uploads.take(Array(parcel[from..<to]), at: from, of: name)
            #expect(await uploads.held(name) == to)
            cuts += 1
        }
        #expect(cuts > 20)
    }

    @Test func `pieces that leave a gap, go too far or are others are refused`() async throws {
        let folder = try TestFolder()
        let uploads = Uploads(folder: folder.path)
        let parcel: [UInt8] = Array(0..<100)
        let name = try name(parcel)
        try await uploads.begin(name)
        await #expect(throws: UploadFault.gap(held: 0)) {
            try await uploads.take([1], at: 1, of: name)
        }
        await #expect(throws: UploadFault.tooLong) {
            try await uploads.take(parcel + [1], at: 0, of: name)
        }
        try await uploads.take(parcel.reversed(), at: 0, of: name)
        await #expect(throws: UploadFault.altered) { try await uploads.whole(name) }
        #expect(await uploads.held(name) == 0)
        for (digest, size) in [
            ("../../../../etc/x", "1"), ("0123", "1"), ("0123456789abcdef", "-1"),
            ("0123456789abcdef", "9999999999"), ("0123456789abcdef", "x"),
        ] {
            #expect(Uploads.Name(kiosk: kiosk, digest: digest, size: size) == nil)
        }
    }

    @Test func `a device's new parcel takes the place of the one it gave up on`() async throws {
        let folder = try TestFolder()
        let uploads = Uploads(folder: folder.path)
        let (first, second) = (try name([1, 2, 3]), try name([4, 5, 6]))
        try await uploads.begin(first)
        try await uploads.take([1], at: 0, of: first)
        try await uploads.begin(second)
        #expect(await uploads.held(first) == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
    }

    @Test func `pieces of a section stay sealed on disk, and a torn one is cut off`() throws {
        let folder = try TestFolder()
        let path = folder.path + "/piece"
        let key = SmallCounty.seeded(5)
        let text = Array("李桂华 419925196305124345".utf8)
        let secret = Transit.key(try #require(DataKey(raw: key.bytes(32))))
        do {
            let pieces = try SealedPieces(path: path, name: "a", key: secret)
            for _ in 0..<10 { try pieces.append(text) }
        }
        let whole = try readFile(path)
        #expect(Data(whole).range(of: Data("李桂华".utf8)) == nil)
        for length in stride(from: whole.count, through: 0, by: -7) {
            try writeFile(path, Array(whole.prefix(length)))
            let again = try SealedPieces(path: path, name: "a", key: secret)
            #expect(again.bytes.count % text.count == 0)
            #expect(again.bytes.count <= 10 * text.count)
            let missing = 10 - again.bytes.count / text.count
            for _ in 0..<missing { try again.append(text) }
            #expect(again.bytes.count == 10 * text.count)
        }
        // Pieces of one section are not taken for those of another.
        #expect(try SealedPieces(path: path, name: "b", key: secret).bytes.isEmpty)
    }

    @Test func `a broken line is gone on with over TLS, both ways`() async throws {
        try await ListeningCounty.run { here in
            let desk = try await here.desk()
            try await desk.keepCertified(desk.live)
            let link = desk.link
            // A parcel of which the county has a part: only the rest goes.
            let parcel = try nextParcel(
                of: desk.journal, after: 0,
                upTo: try desk.journal.checkpoint(at: desk.clock.now(), key: desk.key),
                key: desk.key
            ).packed()
            let name = "\(SyncingHash.of(parcel))".prefix(16)
            let part = here.county.office.folder + "/uploads"
            try makeFolder(part)
            try writeFile(
                "\(part)/\(desk.device)-\(name)-\(parcel.count).part",
                Array(parcel.prefix(parcel.count / 2)))
            try desk.transit.keep(parcel: parcel)
            let answer = try await link.send(parcel, resuming: true)
            #expect(
                try Acknowledgement(bytes: answer, for: desk.device, trust: desk.provision.trust)
                    .through == 1)
            _ = try await desk.night(desk.live)
            #expect(desk.transit.parcel() == nil)

            // A section of which a part arrived before: the rest is asked for, and it fits.
            let manifest = try await link.get("/sync/manifest/policy", limit: 1 << 20)
            let section = try #require(
                try SignedDocument(role: .policy, bytes: manifest).value(Manifest.self)
                    .sections.first { $0.name == SectionName.catalogue })
            let path = "/sync/section/\(section.digest)"
            let whole = try await link.get(path, limit: 1 << 24)
            for had in [1, whole.count / 3, whole.count - 1, whole.count] {
                desk.transit.forgetPieces(of: nil)
                try desk.transit.pieces(of: "\(section.digest)").append(Array(whole.prefix(had)))
                #expect(try await link.fetch(path, as: "\(section.digest)") == whole)
            }
        }
    }

    @Test func `waiting grows with every failure and is never the same for two kiosks`() {
        let now = Instant(milliseconds: 1_795_327_000_000)
        var plan = CourierPlan(startedAt: now, randomness: SmallCounty.seeded(1))
        var pauses: [Int] = []
        for _ in 0..<12 {
            plan.failed(at: now, randomness: SmallCounty.seeded(UInt64(pauses.count)))
            pauses.append(plan.notBefore.seconds(since: now))
        }
        for (place, pause) in pauses.enumerated() {
            let whole = min(3_600, 30 << place)
            #expect((whole / 2...whole).contains(pause))
        }
        let others = (0..<20).map { CourierPlan.pause(8, SmallCounty.seeded($0)) }
        #expect(Set(others).count > 15)
    }

    @Test func `nothing is asked while nothing waits, but for news a few times a day`() {
        let now = Instant(milliseconds: 1_795_327_000_000)
        var plan = CourierPlan(startedAt: now, randomness: SmallCounty.seeded(1))
        plan.succeeded(at: now, randomness: SmallCounty.seeded(2))
        #expect(!plan.isDue(at: now.adding(seconds: 3_600), unsent: 0))
        #expect(!plan.isDue(at: now.adding(seconds: 60), unsent: 5))
        #expect(plan.isDue(at: now.adding(seconds: 301), unsent: 5))
        #expect(plan.isDue(at: now.adding(seconds: CourierPlan.newsSeconds), unsent: 0))
    }
}
