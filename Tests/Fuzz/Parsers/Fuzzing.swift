import Foundation

/// Every parser that reads what others wrote. Each is fuzzed by itself: FUZZ_PARSER names it.
///
/// A parser may refuse whatever it likes; it may not trap, run without end, or take memory that the
/// bytes only claim. What is signed is signed here with a key of the harness, so that the fuzzer
/// gets behind the signature, where a dishonest device stands.
let parsers: [String: @Sendable ([UInt8]) -> Void] = [
    "scan": { Identities.scan($0) },
    "parcel": { Parcels.parcel($0) },
    "entry": { Parcels.entry($0) },
    "bulletin": { Bulletins.bulletin($0) },
    "section": { Bulletins.section($0) },
    "delta": { Bulletins.delta($0) },
    "quote": { Quotes.line($0) },
    "catalogue": { Tables.catalogue($0) },
    "workbook": { Tables.workbook($0) },
    "rules": { Tables.rules($0) },
]

private let parser: @Sendable ([UInt8]) -> Void = {
    let name = ProcessInfo.processInfo.environment["FUZZ_PARSER"] ?? ""
    guard let parser = parsers[name] else {
        fatalError("FUZZ_PARSER is one of \(parsers.keys.sorted().joined(separator: ", "))")
    }
    return parser
}()

/// What libFuzzer calls with every input it makes.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    parser(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// The rule files of the repository, which the fuzzer runs in.
let seedRules: [String: String] = {
    let folder = "Fixtures/rules/seed-2025"
    var files: [String: String] = [:]
    for path in FileManager.default.enumerator(atPath: folder) ?? .init() {
        guard let path = path as? String, path.hasSuffix(".yaml"),
            let bytes = FileManager.default.contents(atPath: folder + "/" + path)
        else { continue }
        files[path] = String(decoding: bytes, as: UTF8.self)
    }
    return files
}()
