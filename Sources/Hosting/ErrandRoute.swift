import HTTPTypes
import Hummingbird
import NIOCore
import Vocabulary

extension ErrandPost {
    /// Runs an errand in the process that serves the folder, or here where nobody serves it.
    ///
    /// - Parameter table: opens the databases; only called where nobody serves.
    public static func run(
        _ name: String, _ input: [UInt8], in folder: String, table: () throws -> [String: Errand]
    ) async throws -> [UInt8] {
        if let post = find(in: folder) {
            do { return try await post.send(name, input) } catch HTTPRequest.Fault.unreachable {
                // Nobody listens: the serving process was killed before it could take its post down.
                // A line that broke later is told to the caller instead, who tries again with the
                // same identity.
                withdraw(in: folder)
            }
        }
        guard let errand = try table()[name] else { throw NoSuchErrand(name: name) }
        return try await errand(input)
    }

    /// Takes errands of commands that found this process serving.
    public func serve(
        _ errands: [String: Errand], on router: Router<some RequestContext>,
        saying sentence: @escaping @Sendable (any Error) -> String
    ) {
        router.post("/errand/:name") { request, context in
            guard let header = HTTPField.Name(ErrandPost.header),
                request.headers[header] == token,
                let errand = context.parameters.get("name").flatMap({ errands[$0] })
            else { throw HTTPError(.forbidden) }
            let input = try await bytes(of: request, limit: 16 * 1024 * 1024)
            do {
                let answer = ByteBuffer(bytes: try await errand(input))
                return Response(status: .ok, body: ResponseBody(byteBuffer: answer))
            } catch {
                return Response(
                    status: .badRequest, headers: [.contentType: "text/plain; charset=utf-8"],
                    body: ResponseBody(byteBuffer: ByteBuffer(string: sentence(error))))
            }
        }
    }
}

/// The whole body of a request, at most `limit` bytes.
public func bytes(of request: Request, limit: Int) async throws -> [UInt8] {
    Array(try await request.body.collect(upTo: limit).readableBytesView)
}

/// A command asked for something no table names.
public struct NoSuchErrand: Error, Equatable {
    public let name: String
}
