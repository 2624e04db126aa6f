import HTTPTypes
import Hummingbird
import Mustache
import NIOCore
import Publishing
import Syncing
import Vocabulary

// Between HTTP and the screens: who asks, from where, and with which headers it goes home.
extension Site {
    func get<Context: RequestContext>(
        _ path: RouterPath, _ router: Router<Context>, _ screen: @escaping Screen
    ) {
        router.get(path) { request, context in
            await answer(request) {
                try await screen(try await ask(request, context.parameters, Form("")))
            }
        }
    }

    func post<Context: RequestContext>(
        _ path: RouterPath, _ router: Router<Context>, _ screen: @escaping Screen
    ) {
        router.post(path) { request, context in
            await answer(request) {
                let form = try await Form(sameOrigin: request)
                return try await screen(try await ask(request, context.parameters, form))
            }
        }
    }

    private func ask(_ request: Request, _ parameters: Parameters, _ form: Form) async throws -> Ask
    {
        let path = Dictionary(
            parameters.map { (String($0.key), String($0.value)) }, uniquingKeysWith: { $1 })
        return Ask(
            person: try await visitor(request), path: path, query: Form(request.uri.query ?? ""),
            form: form)
    }

    /// Whoever is signed in; their post is read again every time, so that a change counts at once.
    func visitor(_ request: Request) async throws -> Syncing.Operator {
        guard let token = request.cookies[Door.cookie]?.value,
            let id = await door.whoIs(token),
            let person = try office.operators()[id], Door.admits(person.role)
        else { throw PageFault.signInFirst }
        return person
    }

    func answer(_ request: Request, _ work: () async throws -> Answer) async -> Response {
        do {
            switch try await work() {
            case .page(let template, let content): return page(template, content)
            case .see(let path): return redirect(path)
            }
        } catch PageFault.signInFirst where request.method == .get {
            return redirect("/sign-in")
        } catch {
            return page("refusal", RefusalPage(error), status: status(of: error))
        }
    }

    func page(_ template: String, _ content: Any, status: HTTPResponse.Status = .ok) -> Response {
        let html = templates.render(content, withTemplate: template) ?? ""
        return Response(
            status: status, headers: Site.headers(type: "text/html; charset=utf-8"),
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    func redirect(_ path: String) -> Response {
        var headers = Site.headers(type: "text/plain; charset=utf-8")
        headers[.location] = path
        return Response(status: .seeOther, headers: headers)
    }

    static func headers(type: String) -> HTTPFields {
        var headers: HTTPFields = [.contentType: type, .cacheControl: "no-store"]
        headers[.contentSecurityPolicy] =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
            + "object-src 'none'; script-src 'none'"
        headers[.xContentTypeOptions] = "nosniff"
        // A form sent without a referrer would carry the origin "null".
        if let policy = HTTPField.Name("Referrer-Policy") { headers[policy] = "same-origin" }
        return headers
    }

    private func status(of error: any Error) -> HTTPResponse.Status {
        switch error {
        case PageFault.notFound: .notFound
        case PageFault.signInFirst: .unauthorized
        case PageFault.otherOrigin, PageFault.otherDesk, OfficeFault.roleNotAllowed,
            ReleaseFault.samePerson:
            .forbidden
        case PageFault.paused: .tooManyRequests
        case is PageFault, is DraftFault, is OfficeFault, is ReleaseFault: .badRequest
        default: .internalServerError
        }
    }
}

/// What, why, and what now.
struct RefusalPage: Sendable {
    let t = Texts.page
    let sentence: String
    /// Nobody is known on this page, so it shows no menu.
    let frame = Frame.closed

    init(_ error: any Error) {
        sentence = (error as? PageFault).map(Texts.refusal) ?? Texts.sentence(for: error)
    }
}
