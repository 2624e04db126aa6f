import SmallCounty
import Testing

/// Which database the offices of a test keep their ledger in.
enum TestStore: Sendable {
    case sqlite, postgres

    @TaskLocal static var current = TestStore.sqlite

    /// A new database for an office; `nil` where it keeps its own file.
    static func database() throws -> String? {
        current == .sqlite ? nil : try PostgresCluster.shared.get().database()
    }
}

/// Runs every test of a suite twice: over SQLite, and over PostgreSQL where a server is installed.
struct OnBothStores: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        try await function()
        switch PostgresCluster.shared {
        case .success: try await TestStore.$current.withValue(.postgres) { try await function() }
        case .failure(let absent): print("\(test.name): not over PostgreSQL, \(absent)")
        }
    }
}

extension Trait where Self == OnBothStores {
    static var onBothStores: OnBothStores { OnBothStores() }
}
