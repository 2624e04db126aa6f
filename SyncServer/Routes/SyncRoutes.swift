import Foundation
import Hosting
import Hummingbird
import Journaling
import Merging
import NIOCore
import NIOSSL
import Publishing
import Syncing
import Vocabulary

/// What kiosks ask of the county, over TLS. Everything answered is signed or named by a signed
/// manifest, and everything but registering asks for a certificate that the registry knows.
struct SyncRoutes: Sendable {
    let office: Office
    let uploads: Uploads
    let arrivals: Arrivals

    init(office: Office) {
        arrivals = Arrivals(office: office)
        self.office = office
        uploads = Uploads(folder: office.folder + "/uploads")
    }

    func router() -> Router<SyncContext> {
        let router = Router(context: SyncContext.self)
        addEntrance(to: router)
        addParcels(to: router)
        router.post("/sync/lost") { request, context in
            return try await answer(request) {
                _ = try await device(context)
                let body = try await bytes(of: request, limit: Manifest.mostSectionBytes)
                return try await office.takeBack(body)
            }
        }
        router.post("/sync/draw") { request, context in
            return try await answer {
                let kiosk = try await device(context).kiosk
                let body = try await bytes(of: request, limit: DrawRequest.mostBytes)
                return try await office.draw(body, from: kiosk)
            }
        }
        addBulletins(to: router)
        return router
    }

    private func addBulletins(to router: Router<SyncContext>) {
        router.get("/sync/manifest/:role") { request, context in
            let role = context.parameters.get("role").flatMap(DocumentRole.init(rawValue:))
            return try await answer(request) {
                let recipient = try office.recipient(of: try await device(context))
                guard let role else { throw OfficeFault.noPolicy }
                return try office.manifest(role, for: recipient)
            }
        }
        router.get("/sync/root/:version") { request, context in
            let version = context.parameters.get("version", as: Int.self)
            return try await answer {
                _ = try await device(context)
                return try office.root(version ?? 0)
            }
        }
        router.get("/sync/delta/:old/:new") { request, context in
            let old = context.parameters.get("old").flatMap(Fingerprint.init(hex:))
            let new = context.parameters.get("new").flatMap(Fingerprint.init(hex:))
            return try await answer(request) {
                let recipient = try office.recipient(of: try await device(context))
                guard let old, let new else { throw OfficeFault.notThere }
                return try office.delta(from: old, to: new, for: recipient)
            }
        }
        router.get("/sync/section/:digest") { request, context in
            let digest = context.parameters.get("digest").flatMap(Fingerprint.init(hex:))
            return try await answer(request) {
                let recipient = try office.recipient(of: try await device(context))
                guard let digest else { throw OfficeFault.notAllowed("section") }
                return try office.section(digest, for: recipient)
            }
        }
    }

    /// The two doors for whoever has no certificate yet; both ask for the one-time code or the key.
    private func addEntrance(to router: Router<SyncContext>) {
        router.post("/sync/register") { request, _ in
            let body = try await bytes(of: request, limit: 65_536)
            return try await answer {
                let registration = try CompactJSON.decode(Registration.self, from: body)
                return try CompactJSON.encode(try await office.register(registration))
            }
        }
        router.post("/sync/join") { request, _ in
            let body = try await bytes(of: request, limit: 4096)
            return try await answer {
                let registration = try CompactJSON.decode(Registration.self, from: body)
                return try CompactJSON.encode(try await office.join(registration))
            }
        }
    }

    /// The device at the other end, by the certificate TLS has verified.
    func device(_ context: SyncContext) async throws -> StoredJournal {
        guard let peer = try await context.channel.nioSSL_peerCertificate().get() else {
            throw OfficeFault.noCertificate
        }
        return try office.device(certificate: hex(peer.serialNumber))
    }
}

/// Keeps the connection at hand, since it knows the certificate.
struct SyncContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

/// Runs a piece of work and answers its bytes, or its fault with a status and words for people.
///
/// - Parameter request: given where the rest from a byte on may be asked for.
func answer(
    _ request: Request? = nil, _ work: () async throws -> [UInt8]
) async throws -> Response {
    do {
        let bytes = try await work()
        let whole = Response(
            status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        guard let request else { return whole }
        return rest(of: whole, bytes: bytes, asked: request)
    } catch {
        return Response(
            status: status(of: error), headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: Texts.sentence(for: error))))
    }
}

/// A fault of the sender is 4xx, ours is 5xx: a kiosk tries again later in both cases and loses
/// nothing.
private func status(of error: any Error) -> HTTPResponse.Status {
    switch error {
    case ParcelFault.unknownDevice, ParcelFault.revokedDevice, OfficeFault.notAllowed,
        OfficeFault.wrongCode, OfficeFault.noCode, OfficeFault.unsigned, OfficeFault.revoked,
        OfficeFault.alreadyRegistered, OfficeFault.unknownDevice, OfficeFault.accountNotShared:
        .forbidden
    case OfficeFault.noCertificate: .unauthorized
    case RoundFault.forked, is UploadFault: .conflict
    case is ParcelFault: .badRequest
    case OfficeFault.noPolicy, OfficeFault.notThere: .notFound
    default: .internalServerError
    }
}
