import ArgumentParser
import Foundation

/// Writes bytes to standard output, as they are.
public func put(_ bytes: [UInt8]) {
    FileHandle.standardOutput.write(Data(bytes))
}

/// Writes one line for people to standard error.
public func say(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
}

/// Runs a command's work; a fault becomes one sentence and exit status 1.
public func run(
    saying sentence: (any Error) -> String, _ work: () async throws -> Void
) async throws {
    do { try await work() } catch let code as ExitCode { throw code } catch {
        say(sentence(error))
        throw ExitCode.failure
    }
}

/// The working folder of the serving process may be another one.
public func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
}
