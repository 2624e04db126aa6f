import HTTPTypes
import Hummingbird
import Vocabulary

/// Headers of every answer: nothing from elsewhere, nothing inline, nobody's page kept.
struct PageHeaders: RouterMiddleware {
    typealias Context = DeskContext

    func handle(
        _ request: Request, context: DeskContext,
        next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as any HTTPResponseError {
            response = try error.response(from: request, context: context)
        }
        response.headers[.contentSecurityPolicy] = """
            default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; \
            object-src 'none'
            """
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.cacheControl] = "no-store"
        for (name, value) in PageHeaders.more { response.headers[name] = value }
        return response
    }

    private static let more: [(HTTPField.Name, String)] = [
        ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
}

/// Lets in only what was asked of this machine by name, and forms only from our own pages: a page
/// from elsewhere in the same browser can neither read nor press anything here.
struct SameOrigin: RouterMiddleware {
    typealias Context = DeskContext
    let hostName: String?

    func handle(
        _ request: Request, context: DeskContext,
        next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        guard let authority = request.head.authority, isOurs(hostOnly(authority)) else {
            throw HTTPError(.misdirectedRequest)
        }
        if request.method != .get, request.method != .head {
            guard let origin = request.headers[.origin],
                ["http://", "https://"].contains(where: { origin == $0 + authority })
            else { throw HTTPError(.forbidden) }
        }
        return try await next(request, context)
    }

    func isOurs(_ host: String) -> Bool {
        ["localhost", "127.0.0.1", "[::1]"].contains(host) || host == hostName?.lowercased()
    }

    func hostOnly(_ authority: String) -> String {
        let text = authority.lowercased()
        guard let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") else { return text }
        return String(text[..<colon])
    }
}

/// Finds the session behind the cookie.
struct KnowsSession: RouterMiddleware {
    typealias Context = DeskContext
    let sessions: Sessions

    func handle(
        _ request: Request, context: DeskContext,
        next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.session = request.cookies[Sessions.cookie].flatMap { sessions[$0.value] }
        return try await next(request, context)
    }
}
