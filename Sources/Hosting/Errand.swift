import Foundation
import Vocabulary

/// Something a command asks of a desk or an office: JSON in, JSON out.
///
/// One process owns a database, so a command does its errand itself where nobody serves, and hands
/// it to the serving process otherwise. Both ways run the same code.
public typealias Errand = @Sendable (_ input: [UInt8]) async throws -> [UInt8]

/// Where the serving process listens for errands; a file of mode 0600 in its data folder.
public struct ErrandPost: Sendable, Codable {
    public var url: String
    /// Only who may read the file may send errands.
    public var token: String

    public init(url: String, token: String) {
        self.url = url
        self.token = token
    }

    public static func path(in folder: String) -> String { folder + "/serving.json" }

    /// Puts the post where commands look for it.
    public func announce(in folder: String) throws {
        try writeFile(Self.path(in: folder), try CompactJSON.encode(self), secret: true)
    }

    public static func withdraw(in folder: String) {
        try? FileManager.default.removeItem(atPath: path(in: folder))
    }

    /// The post of the process that serves a folder; `nil` where none announced itself.
    public static func find(in folder: String) -> ErrandPost? {
        guard let bytes = try? readFile(path(in: folder), limit: 4096) else { return nil }
        return try? CompactJSON.decode(ErrandPost.self, from: bytes)
    }

    public static let header = "X-Errand-Token"

    public func send(_ name: String, _ input: [UInt8]) async throws -> [UInt8] {
        var request = HTTPRequest(url: "\(url)/errand/\(name)", body: input)
        // Long work (a whole county's roll) answers when it is done.
        request.silentSeconds = 3_600
        request.headers = [
            Self.header: token, "Content-Type": "application/json", "Origin": url,
        ]
        return try await request.perform()
    }
}

/// An errand with typed input and output.
public func errand<
    Input: Decodable & SendableMetatype, Output: Encodable & SendableMetatype
>(
    _ type: Input.Type, _ body: @escaping @Sendable (Input) async throws -> Output
) -> Errand {
    { input in
        let value = try CompactJSON.decode(type, from: input.isEmpty ? Array("{}".utf8) : input)
        return try CompactJSON.encode(try await body(value))
    }
}

/// For errands that need no words.
public struct NoInput: Codable, Sendable {
    public init() {}
}
