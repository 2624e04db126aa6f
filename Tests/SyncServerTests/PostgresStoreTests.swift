import SmallCounty
import Testing

@testable import SyncServer

/// A PostgreSQL server that is not there, or goes away.
@Suite struct PostgresStoreTests {
    @Test func `a server that is not there is told of, however often it is asked`() throws {
        for _ in 0..<20 {
            let fault = #expect(throws: PostgresFault.self) {
                try PostgresStore("host=/nowhere user=clinic connect_timeout=2")
            }
            let sentence = Texts.sentence(for: try #require(fault))
            #expect(sentence.contains("连不上") && sentence.contains("/nowhere"))
            #expect(!sentence.contains("PostgresFault"))
        }
    }

    @Test func `connections that the server ends are made anew`() throws {
        guard case .success(let cluster) = PostgresCluster.shared else {
            return print("no PostgreSQL server, so none ends a connection")
        }
        let address = try cluster.database()
        let store = try PostgresStore(address)
        #expect(try store.read { try $0.entryCount() } == 0)
        let other = try PostgresWire(address)
        _ = try other.ask(
            """
            SELECT CAST(count(pg_terminate_backend(pid)) AS TEXT) FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND datname = current_database()
            """)
        let fault = #expect(throws: PostgresFault.self) {
            try store.read { try $0.entryCount() }
        }
        #expect(Texts.sentence(for: try #require(fault)).contains("断了"))
        try store.write { try $0.put(note: "after", [1]) }
        #expect(try store.read { try $0.note("after") } == [1])
    }
}
