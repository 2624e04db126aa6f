import Foundation
import HTTPTypes
import Hosting
import Hummingbird
import NIOCore

/// Our own style sheet and scripts, read once at start.
struct Assets: Sendable {
    private var files: [String: (type: String, bytes: [UInt8])] = [:]

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "svg": "image/svg+xml",
    ]

    init(folder: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let ending = name.split(separator: ".").last.map(String.init) ?? ""
            guard let type = Assets.types[ending] else { continue }
            files[name] = (type, try readFile(folder + "/" + name))
        }
    }

    func response(_ name: String) throws -> Response {
        guard let file = files[name] else { throw HTTPError(.notFound) }
        return Response(
            status: .ok, headers: [.contentType: file.type],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }
}
