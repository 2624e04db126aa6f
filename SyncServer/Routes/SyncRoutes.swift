import Foundation
import Hosting
import Hummingbird
import Journaling
import Merging
import NIOCore
import Publishing
import Syncing
import Vocabulary

/// What kiosks ask of the county. Everything answered is signed or named by a signed manifest, so
/// nothing depends on the connection being honest.
struct SyncRoutes: Sendable {
    let office: Office

    func add(to router: Router<some RequestContext>) {
        router.post("/sync/register") { request, _ in
            let body = try await bytes(of: request, limit: 64 * 1024)
            let registration = try CompactJSON.decode(Registration.self, from: body)
            return try await answer { try await office.register(registration) }
        }
        router.post("/sync/parcel") { request, _ in
            let packed = try await bytes(of: request, limit: Parcel.mostBytes)
            return try await answer { try await office.receive(packed) }
        }
        router.get("/sync/manifest/:role") { request, context in
            let role = context.parameters.get("role").flatMap(DocumentRole.init(rawValue:))
            return try await answer {
                _ = try await recipient(of: request)
                guard let role, let released = try office.store.read({ try $0.released(role) })
                else { throw OfficeFault.noPolicy }
                return released.statement
            }
        }
        router.get("/sync/section/:digest") { request, context in
            let digest = context.parameters.get("digest").flatMap(Fingerprint.init(hex:))
            return try await answer {
                let recipient = try await recipient(of: request)
                guard let digest else { throw OfficeFault.notAllowed("section") }
                return try await office.section(digest, for: recipient)
            }
        }
    }

    private func recipient(of request: Request) async throws -> Recipient {
        let header = request.headers[.authorization].flatMap(RequestSignature.init(header:))
        guard let header else { throw OfficeFault.notAllowed("no device signature") }
        return try await office.recipient(of: header, path: request.uri.path)
    }
}

extension Office {
    /// Which sections a device may read, once its signature is found genuine.
    func recipient(of signature: RequestSignature, path: String) throws -> Recipient {
        let (journal, places) = try store.read {
            (try $0.journal(signature.kiosk), try $0.institutions())
        }
        guard let journal, !journal.revoked, let key = unhex(journal.publicKey),
            signature.isGenuine(path: path, publicKey: key, now: clock.now()),
            let place = places.first(where: { $0.code == journal.institution })
        else { throw OfficeFault.notAllowed("\(signature.kiosk)") }
        return Recipient(
            kiosk: journal.kiosk, institution: place.code, township: place.township)
    }

    /// A section of a released manifest that is addressed to the asker; nobody reads another
    /// township's roll.
    func section(_ digest: Fingerprint, for recipient: Recipient) throws -> [UInt8] {
        try store.read { session in
            for role in [DocumentRole.policy, .daily] {
                guard let released = try session.released(role) else { continue }
                let manifest = try SignedDocument(role: role, bytes: released.statement)
                    .value(Manifest.self)
                guard manifest.sections(for: recipient).contains(where: { $0.digest == digest })
                else { continue }
                if let packed = try session.section(digest) { return packed }
            }
            throw OfficeFault.notAllowed("section \(digest)")
        }
    }
}

/// Runs a piece of work and answers its bytes, or its fault with a status and words for people.
private func answer(_ work: () async throws -> [UInt8]) async throws -> Response {
    do {
        return Response(
            status: .ok, headers: [.contentType: "application/octet-stream"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try await work())))
    } catch {
        return Response(
            status: status(of: error), headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: Texts.sentence(for: error))))
    }
}

private func answer(_ work: () async throws -> Void) async throws -> Response {
    try await answer {
        try await work()
        return []
    }
}

/// A fault of the sender is 4xx, ours is 5xx: a kiosk tries again later in both cases and loses
/// nothing.
private func status(of error: any Error) -> HTTPResponse.Status {
    switch error {
    case ParcelFault.unknownDevice, ParcelFault.revokedDevice, OfficeFault.notAllowed,
        OfficeFault.wrongCode, OfficeFault.alreadyRegistered, OfficeFault.unknownDevice:
        .forbidden
    case RoundFault.forked: .conflict
    case is ParcelFault: .badRequest
    case OfficeFault.noPolicy: .notFound
    default: .internalServerError
    }
}
