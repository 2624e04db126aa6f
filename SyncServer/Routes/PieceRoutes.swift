import HTTPTypes
import Hummingbird
import NIOCore
import Syncing
import Vocabulary

// What goes on at the byte where the line broke: parcels on their way in, sections on their way out.
extension SyncRoutes {
    func addParcels(to router: Router<SyncContext>) {
        router.get("/sync/parcel/:digest/:size") { _, context in
            try await answer { Array("\(await uploads.held(try await name(context)))".utf8) }
        }
        router.post("/sync/parcel/:digest/:size") { request, context in
            var response = try await answer {
                let name = try await name(context)
                try await uploads.begin(name)
                var place = request.uri.queryParameters.get("at", as: Int.self) ?? 0
                for try await buffer in request.body {
                    let piece = Array(buffer.readableBytesView)
                    try await uploads.take(piece, at: place, of: name)
                    place += piece.count
                }
                return try await arrivals.receive(try await uploads.whole(name))
            }
            if response.status == .ok, let name = HTTPField.Name(CountyNews.header) {
                response.headers[name] = CountyNews.write(try office.versionsOnOffer())
            }
            return response
        }
    }

    private func name(_ context: SyncContext) async throws -> Uploads.Name {
        let kiosk = try await device(context).kiosk
        let name = Uploads.Name(
            kiosk: kiosk, digest: context.parameters.get("digest"),
            size: context.parameters.get("size"))
        guard let name else { throw OfficeFault.notAllowed("parcel") }
        return name
    }
}

/// The rest of something from a byte on, where the request asks for it (RFC 9110, 14.2); only this
/// one form is asked by kiosks.
func rest(of response: Response, bytes: [UInt8], asked request: Request) -> Response {
    guard response.status == .ok, let range = request.headers[.range],
        range.hasPrefix("bytes="), range.hasSuffix("-"),
        let from = Int(range.dropFirst(6).dropLast()), from >= 0
    else { return response }
    guard from < bytes.count else {
        return Response(status: .rangeNotSatisfiable)
    }
    return Response(
        status: .partialContent,
        headers: [.contentRange: "bytes \(from)-\(bytes.count - 1)/\(bytes.count)"],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes[from...])))
}

extension Office {
    /// The newest version of every role.
    nonisolated func versionsOnOffer() throws -> [DocumentRole: Int] {
        try store.read { session in
            var versions: [DocumentRole: Int] = [:]
            for role in [DocumentRole.root, .policy, .daily] {
                versions[role] = try session.released(role)?.version ?? 0
            }
            return versions
        }
    }
}
