import Foundation
import Hosting
import Identifying
import SmallCounty
import Syncing
import Testing
import Vocabulary

@testable import Cataloguing
@testable import Journaling
@testable import Kiosk
@testable import Scanning

/// The seeds that the fuzzer starts from are pieces of a valid day; FUZZ_SEEDS=write writes them.
@Suite struct FuzzSeedTests {
    private static let corpus =
        (SmallCounty.fixtures as NSString).deletingLastPathComponent
        + "/Tests/Fuzz/corpus"

    @Test func `every parser has seeds, and each is short`() throws {
        for parser in [
            "scan", "parcel", "entry", "bulletin", "section", "quote", "catalogue", "workbook",
            "rules",
        ] {
            let folder = Self.corpus + "/" + parser
            let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(!files.isEmpty, "\(parser)")
            for file in files {
                let size = try readFile(folder + "/" + file).count
                #expect((1...16_384).contains(size), "\(parser)/\(file)")
            }
        }
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment["FUZZ_SEEDS"] == "write"))
    func `seeds are written`() async throws {
        for kiosk in ["K0001", "T0001"] { try await day(kiosk) }
        try identities()
        try tables()
        try rules()
        try quotes()
    }

    private func put(_ parser: String, _ name: String, _ bytes: some Sequence<UInt8>) throws {
        try makeFolder("\(Self.corpus)/\(parser)")
        try writeFile("\(Self.corpus)/\(parser)/\(name)", Array(bytes))
    }

    /// Entries, a parcel and the bulletins of a day.
    private func day(_ kiosk: String) async throws {
        let day = try ClinicDay(kiosk)
        let folder = try TestFolder()
        let machine = Machine(kiosk, day.county, folder.path, pagesPerCheckpoint: 1_000)
        for step in day.steps.dropLast(2) { try await step.run(machine, day) }
        let journal = try machine.running.journal
        let entries = try journal.read { try $0.entries(after: 0, limit: 100) }
        for entry in entries {
            try put("entry", "\(kiosk)-\(entry.header.sequence)-\(entry.header.kind)", entry.bytes)
        }
        try put("entry", "\(kiosk)-all", entries.map(\.bytes).joined(separator: [0x0A]))
        let checkpoint = try journal.checkpoint(
            at: day.county.clock.clock.now(), key: machine.running.key)
        let packed = try nextParcel(
            of: journal, after: 0, upTo: checkpoint, key: machine.running.key
        ).packed()
        try put("parcel", kiosk, try decompress(packed, limit: 1 << 20))
        if let statement = try journal.read({ try $0.acknowledged().statement }) {
            try put("bulletin", "\(kiosk)-acknowledgement", statement)
        }
        for (role, fetched) in day.published {
            try put("bulletin", "\(kiosk)-\(role.rawValue)", fetched.statement)
            try put(
                "bulletin", "\(kiosk)-\(role.rawValue)-payload",
                fetched.statement.prefix { $0 != 0x0A })
            for (name, bytes) in fetched.sections where name != SectionName.rules && !bytes.isEmpty
            {
                let lines = bytes.split(separator: 0x0A).prefix(3).joined(separator: [0x0A])
                let file = "\(kiosk)-\(name.replacing("/", with: "-"))"
                try put("section", file, Array(lines).prefix(8_000))
            }
        }
        await machine.stop()
    }

    private func identities() throws {
        let county = try SmallCounty(people: 3)
        for (number, member) in county.members.enumerated() {
            let text = try county.credential(of: member)
            try put("scan", "credential-\(number)", text.utf8)
            let bytes = try Base45.decode(text.dropFirst(4))
            try put("scan", "message-\(number)", bytes)
            let credential = try SignedCredential(scanned: text)
            try put("scan", "claims-\(number)", credential.claims.encoded)
            try put("scan", "identity-\(number)", member.identity.description.utf8)
            try put("scan", "name-\(number)", member.name.utf8)
        }
    }

    private func tables() throws {
        for name in ["items", "diagnoses"] {
            let text = try readFile(SmallCounty.fixtures + "/catalogue/\(name).csv")
            let lines = text.split(separator: 0x0A).prefix(4).joined(separator: [0x0A])
            try put("catalogue", name, lines)
        }
        for kind in [ListKind.drugs, .services, .chronicDiseases] {
            let layout = kind.layout
            let row = (1...layout.columns).map { column in
                switch column {
                case layout.code: "XZ99AAA000001"
                case layout.names[0]: "安和颗粒"
                case layout.from: "2021-03-01 00:00:00"
                case layout.inForce: "1"
                default: "null"
                }
            }
            try put("catalogue", "national-\(kind.rawValue)", row.joined(separator: "\t").utf8)
        }
        let headings = ["国家编码", "项目名称", "甲乙丙类", "自付比例", "单价", "费用类别", "生效日期"]
        let values = ["XZ01", "安和颗粒", "乙类", "0.1", "3.90", "西药费", "2025-01-01"]
        let cells = [headings, values].enumerated().map { row, texts in
            let cells = texts.enumerated().map { column, _ in
                "<c t=\"s\"><v>\(row * texts.count + column)</v></c>"
            }
            return "<row r=\"\(row + 1)\">\(cells.joined())</row>"
        }
        let strings = (headings + values).map { "<si><t>\($0)</t></si>" }
        let parts = "<s>\(cells.joined())</s>\0<sst>\(strings.joined())</sst>"
        try put("workbook", "sheet", parts.utf8)
        try put("workbook", "plain", "<s><row r=\"1\"><c r=\"A1\"><v>1e3</v></c></row></s>".utf8)
    }

    private func rules() throws {
        let folder = SmallCounty.fixtures + "/rules/seed-2025"
        for (number, file) in try readRuleFolder(folder).sorted(by: { $0.key < $1.key })
            .enumerated() where number % 5 == 0 && file.value.utf8.count < 4_000
        {
            try put("rules", file.key.replacing("/", with: "-"), file.value.utf8)
        }
    }

    private func quotes() throws {
        for (number, kind) in ["11", "14", "21"].enumerated() {
            let line = """
                {"on":"2026-11-22","insutype":"390","med_type":"\(kind)","hosp_lv":"village",\
                "member":{"birth":"1970-01-01","sex":"1","titles":[]},\
                "standing":{"year":2026,"counters":{"paid/outpatient":"12.00"}},\
                "accounts":{"balc":"5.00","family":["1.00"]},"sessions":1,\
                "feedetail":[{"med_list_codg":"A","cnt":2,"pric":"18.40","chrgitm_lv":"02",\
                "selfpay_prop":"0.1","pric_uplmt_amt":18},{"med_list_codg":"B",\
                "det_item_fee_sumamt":3.5,"chrgitm_lv":"03"}]}
                """
            try put("quote", "line-\(number)", line.utf8)
        }
    }
}
