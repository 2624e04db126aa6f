// swift-tools-version: 6.2
import PackageDescription

// Every target of ours is held to the same rules; a warning is an error.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// A library of ours in `Sources/`.
func step(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of one step, in `Tests/<step>Tests`.
func tests(of name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name + "Tests", dependencies: dependencies, swiftSettings: strict)
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let web: [Target.Dependency] = [
    .product(name: "Hummingbird", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "Mustache", package: "swift-mustache"),
    .product(name: "Logging", package: "swift-log"),
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
]
/// The county's own authority and the server's side of TLS.
let authority: [Target.Dependency] = [
    .product(name: "X509", package: "swift-certificates"),
    .product(name: "SwiftASN1", package: "swift-asn1"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
    .product(name: "HummingbirdTLS", package: "hummingbird"),
    .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
]
let webTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")

let package = Package(
    name: "village-kiosk",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "kiosk", targets: ["Kiosk"]),
        .executable(name: "syncserver", targets: ["SyncServer"]),
        .executable(name: "demo-county", targets: ["DemoCountyTool"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(
            name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        // The steps, in the order the data flows; each imports only what stands above it.
        step("Vocabulary", []),
        step("Rules", ["Vocabulary", yams]),
        step("Cataloguing", ["Vocabulary", "CZip"]),
        step("Scanning", ["Vocabulary", crypto]),
        step("Identifying", ["Vocabulary", "Rules", "Scanning"]),
        step("Checking", ["Vocabulary", "Rules", "Identifying"]),
        step("Pricing", ["Vocabulary", "Rules", "Cataloguing"]),
        step("Settling", ["Vocabulary", "Rules", "Pricing"]),
        step("Allotting", ["Vocabulary", "Rules", "Pricing"]),
        step("Collecting", ["Vocabulary", "Rules", "Identifying", "Settling"]),
        step(
            "Journaling",
            [
                "Vocabulary", "Identifying", "Pricing", "Settling", "Allotting", "Collecting",
                crypto, grdb,
            ]),
        step(
            "Syncing",
            [
                "Vocabulary", "Pricing", "Settling", "Allotting", "Collecting", "Journaling",
                "CZstd", crypto,
            ]),
        step(
            "Hosting",
            [
                "Vocabulary", "Rules", "Journaling", "Syncing", "CCurl", crypto, cryptoExtras,
                arguments,
            ] + web),
        step(
            "Merging",
            [
                "Vocabulary", "Rules", "Cataloguing", "Pricing", "Settling", "Allotting",
                "Journaling", "Syncing",
            ]),

        step(
            "Publishing",
            [
                "Vocabulary", "Rules", "Identifying", "Cataloguing", "Checking", "Pricing",
                "Settling", "Allotting", "Syncing", "Merging",
            ]),
        step("Printing", ["Vocabulary", "CQREncode"]),

        // The two programs: live values are built here and nowhere else.
        .executableTarget(
            name: "Kiosk",
            dependencies: [
                "Vocabulary", "Rules", "Scanning", "Identifying", "Cataloguing", "Checking",
                "Pricing", "Settling", "Allotting", "Collecting", "Journaling", "Syncing",
                "Hosting", "Printing", crypto, grdb, arguments,
            ] + web, path: "Kiosk", resources: [.copy("Web")], swiftSettings: strict),
        .executableTarget(
            name: "SyncServer",
            dependencies: [
                "Vocabulary", "Rules", "Scanning", "Identifying", "Cataloguing", "Checking",
                "Pricing", "Settling", "Allotting", "Collecting", "Journaling", "Syncing",
                "Hosting", "Merging", "Publishing", "Printing", crypto, grdb, grdbSQLite,
                "CPostgres", arguments,
            ] + web + authority, path: "SyncServer", resources: [.copy("Web")],
            swiftSettings: strict),

        // The synthetic county: its generator and the tool that writes it down for `make run`.
        .target(
            name: "DemoCounty", dependencies: ["Vocabulary", "Identifying"],
            path: "Fixtures/DemoCounty", swiftSettings: strict),
        .executableTarget(
            name: "DemoCountyTool", dependencies: ["DemoCounty", "Vocabulary"],
            path: "Fixtures/DemoCountyTool", swiftSettings: strict),

        .target(
            name: "SmallCounty",
            dependencies: [
                "DemoCounty", "Vocabulary", "Rules", "Scanning", "Identifying", "Cataloguing",
                "Checking", "Pricing", "Allotting", "Collecting", "Journaling", "Syncing",
                "Hosting", "Publishing",
            ] + web, path: "Tests/SmallCounty", swiftSettings: strict),
        tests(of: "DemoCounty", ["DemoCounty", "Vocabulary", "Identifying"]),
        tests(
            of: "Kiosk",
            [
                "Kiosk", "SmallCounty", "DemoCounty", "Vocabulary", "Rules", "Scanning",
                "Identifying", "Cataloguing", "Checking", "Pricing", "Settling", "Allotting",
                "Collecting", "Journaling", "Syncing", "Hosting", "Publishing", "Printing", grdb,
            ] + web + [webTesting]),
        tests(of: "Allotting", ["Allotting", "Pricing", "Rules", "SmallCounty", "Vocabulary"]),
        tests(of: "Vocabulary", ["Vocabulary"]),
        tests(of: "Rules", ["Rules", "Vocabulary"]),
        tests(of: "Checking", ["Checking", "Identifying", "Rules", "Vocabulary"]),
        tests(of: "Cataloguing", ["Cataloguing", "SmallCounty", "Vocabulary", "CZip"]),
        tests(
            of: "Pricing",
            ["Cataloguing", "Pricing", "Rules", "Hosting", "SmallCounty", "Vocabulary"]),
        tests(
            of: "Collecting",
            [
                "Collecting", "Identifying", "Rules", "Hosting", "SmallCounty", "DemoCounty",
                "Settling", "Vocabulary", yams,
            ]),
        tests(of: "Journaling", ["Journaling", "SmallCounty", "Vocabulary", grdb]),
        tests(
            of: "Syncing",
            [
                "Syncing", "Allotting", "Journaling", "Pricing", "Publishing", "SmallCounty",
                "Vocabulary",
            ]),
        tests(
            of: "Merging",
            [
                "Merging", "Rules", "Identifying", "Cataloguing", "Pricing", "Settling",
                "Allotting", "Collecting", "Journaling", "Syncing", "Publishing", "SmallCounty",
                "Vocabulary",
            ]),
        tests(
            of: "SyncServer",
            [
                "SyncServer", "Kiosk", "SmallCounty", "DemoCounty", "Vocabulary", "Rules",
                "Identifying", "Cataloguing", "Checking", "Pricing", "Settling", "Allotting",
                "Collecting", "Journaling", "Syncing", "Hosting", "Merging", "Publishing", crypto,
                grdb,
            ] + web + [webTesting]),
        tests(
            of: "Bench",
            [
                "SyncServer", "Kiosk", "SmallCounty", "DemoCounty", "Vocabulary", "Identifying",
                "Cataloguing", "Pricing", "Settling", "Journaling", "Syncing", "Hosting", "Merging",
                "Publishing",
                grdb,
            ]),
        tests(of: "Publishing", ["Publishing", "Rules", "Hosting", "SmallCounty", "Vocabulary"]),
        tests(of: "Tidy", ["Rules", "SmallCounty"]),
        // A disk under SQLite that loses power; for tests only.
        .target(
            name: "CFaultVFS", path: "Tests/CFaultVFS", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "BrokenDisk", dependencies: ["CFaultVFS"], path: "Tests/BrokenDisk",
            swiftSettings: strict),
        // The whole county in one process from one seed, with an auditor that knows the truth.
        tests(
            of: "Simulation",
            [
                "BrokenDisk", "SyncServer", "Kiosk", "SmallCounty", "Vocabulary", "Rules",
                "Identifying", "Cataloguing", "Pricing", "Collecting", "Journaling", "Syncing",
                "Hosting", "Merging", "Publishing", crypto,
            ]),
        tests(
            of: "Robustness",
            [
                "BrokenDisk", "CZip", "Rules", "Scanning", "Merging", "SyncServer", "Kiosk",
                "SmallCounty", "DemoCounty", "Vocabulary",
                "Identifying", "Cataloguing", "Pricing", "Collecting", "Journaling", "Syncing",
                "Hosting", "Publishing", grdb,
            ] + web + [webTesting]),
        tests(of: "Scanning", ["Scanning", "Vocabulary", crypto]),
        tests(of: "Printing", ["Printing", "Scanning", "Vocabulary", crypto]),
    ],
    swiftLanguageModes: [.v6]
)

// The fuzzer needs a flag of the whole build, so it is there only when asked for (`make fuzz`); it
// is made of the steps, its own files, and the sources of the kiosk that read quote lines.
if Context.environment["FUZZ"] != nil {
    package.targets.removeAll { $0.type == .test || $0.path != nil }
    package.products = []
    let border = ["QuoteAnswer", "QuoteRequest", "QuoteStream", "StandingAtBorder", "Yuan"]
    package.targets.append(
        .executableTarget(
            name: "FuzzParsers",
            dependencies: [
                "Vocabulary", "Rules", "Cataloguing", "Scanning", "Identifying", "Checking",
                "Pricing", "Allotting", "Collecting", "Journaling", "Syncing", "Merging", crypto,
            ], path: ".", exclude: ["Fixtures", "Sources", "SyncServer", "docs", "Kiosk/Web"],
            sources: ["Tests/Fuzz/Parsers"] + border.map { "Kiosk/Border/\($0).swift" },
            swiftSettings: strict))
}
