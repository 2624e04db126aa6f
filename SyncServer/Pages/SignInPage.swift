import HTTPTypes
import Hummingbird
import NIOCore
import Vocabulary

/// Number and PIN, nothing else.
struct SignInPage: Sendable {
    let t = Texts.page
    let frame = Frame.closed
    let person: String
    let fault: [String]
}

extension Site {
    func addDoor(to router: Router<some RequestContext>) {
        router.get("/web/county.css") { _, _ in
            Response(
                status: .ok, headers: Site.headers(type: "text/css; charset=utf-8"),
                body: ResponseBody(byteBuffer: ByteBuffer(string: style)))
        }
        router.get("/sign-in") { _, _ in page("sign-in", SignInPage(person: "", fault: [])) }
        router.post("/sign-in") { request, _ in
            await answer(request) {
                .see("/")
            } signedIn: {
                try await signIn(request)
            }
        }
        router.post("/sign-out") { request, _ in
            await answer(request) {
                .see("/sign-in")
            } signedIn: {
                _ = try await Form(sameOrigin: request)
                if let token = request.cookies[Door.cookie]?.value { await door.leave(token) }
                return ""
            }
        }
    }

    private func signIn(_ request: Request) async throws -> String {
        let form = try await Form(sameOrigin: request)
        let id = form["person"]
        do {
            return try await door.enter(try office.operators()[id], pin: form["pin"])
        } catch let fault as PageFault {
            throw SignInFault(person: id, fault: fault)
        }
    }

    /// Runs the work, then goes on with the cookie it gave; a wrong PIN asks again.
    private func answer(
        _ request: Request, _ next: () -> Answer, signedIn work: () async throws -> String
    ) async -> Response {
        do {
            let token = try await work()
            guard case .see(let path) = next() else { return redirect("/") }
            var response = redirect(path)
            response.setCookie(
                Cookie(
                    name: Door.cookie, value: token, maxAge: token.isEmpty ? 0 : nil, path: "/",
                    secure: secure, httpOnly: true, sameSite: .strict))
            return response
        } catch let refused as SignInFault {
            let sentence = Texts.refusal(refused.fault)
            return page(
                "sign-in", SignInPage(person: refused.person, fault: [sentence]),
                status: refused.fault == .otherDesk ? .forbidden : .unauthorized)
        } catch {
            return await answer(request) { throw error }
        }
    }
}

/// A sign-in refused, with what was typed so that only the PIN is typed again.
private struct SignInFault: Error {
    let person: String
    let fault: PageFault
}
