import Foundation
import Synchronization

/// A PostgreSQL server for the tests of one process; it goes when the process does.
public struct PostgresCluster: Sendable {
    /// Without a database's name.
    private let address: String
    private static let counter = Atomic(0)

    /// The server, or why there is none; started when first asked for.
    public static let shared: Result<PostgresCluster, Absent> = start()

    public struct Absent: Error, CustomStringConvertible {
        public let description: String
    }

    /// Connection string of a new and empty database.
    public func database() throws -> String {
        let name = "county\(Self.counter.add(1, ordering: .relaxed).newValue)"
        let psql = Process()
        psql.executableURL = URL(fileURLWithPath: "/usr/bin/psql")
        psql.arguments = ["-q", "-c", "CREATE DATABASE \(name)", address + " dbname=postgres"]
        try psql.run()
        psql.waitUntilExit()
        guard psql.terminationStatus == 0 else { throw Absent(description: "no \(name)") }
        return address + " dbname=\(name)"
    }

    /// The pipe that keeps the server alive.
    private static let lifeline = Pipe()

    private static func start() -> Result<PostgresCluster, Absent> {
        let script = Process()
        let output = Pipe()
        script.executableURL = URL(fileURLWithPath: "/bin/sh")
        script.arguments = [SmallCounty.fixtures + "/../Tests/Postgres/cluster"]
        script.standardInput = lifeline
        script.standardOutput = output
        do { try script.run() } catch { return .failure(Absent(description: "\(error)")) }
        var line: [UInt8] = []
        while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first,
            byte != UInt8(ascii: "\n")
        {
            line.append(byte)
        }
        let text = String(decoding: line, as: UTF8.self)
        guard text.hasPrefix("ready ") else { return .failure(Absent(description: text)) }
        return .success(PostgresCluster(address: String(text.dropFirst(6))))
    }
}
