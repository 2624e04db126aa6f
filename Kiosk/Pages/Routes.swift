import HTTPTypes
import Hummingbird
import Syncing
import Vocabulary

/// One request of somebody signed in, with what was typed.
struct Call: Sendable {
    let session: Session
    let fields: Fields
    let parameters: Parameters

    /// A number in the address, such as an entry's.
    func number(_ name: String) throws -> Int {
        guard let number = parameters.get(name, as: Int.self) else {
            throw HTTPError(.notFound)
        }
        return number
    }
}

/// Adds routes whose errors become a page with a sentence, and which ask for a sign-in first.
struct Routes {
    let router: Router<DeskContext>
    let site: Site

    typealias Answer = @Sendable (Call) async throws -> Response

    func get(_ path: RouterPath, for role: Role? = nil, _ answer: @escaping Answer) {
        router.get(path) { [site] request, context in
            let fields = Fields(encoded: request.uri.query ?? "")
            return try await site.answer(fields, context, for: role, answer)
        }
    }

    func post(_ path: RouterPath, for role: Role? = nil, _ answer: @escaping Answer) {
        router.post(path) { [site] request, context in
            try await site.answer(try await Fields(request), context, for: role, answer)
        }
    }
}

extension Site {
    fileprivate func answer(
        _ fields: Fields, _ context: DeskContext, for role: Role?, _ answer: Routes.Answer
    ) async throws -> Response {
        guard let session = context.session else { return .redirect(to: "/signin") }
        do {
            if let role, session.person.role != role { throw Refusal.roleNotAllowed(needed: role) }
            let call = Call(session: session, fields: fields, parameters: context.parameters)
            return try await answer(call)
        } catch let error as HTTPError {
            throw error
        } catch {
            return try await problem(error, for: session)
        }
    }
}

extension Response {
    /// Sends the browser on with GET, so that a reload never sends a form twice.
    static func redirect(to path: String) -> Response {
        .redirect(to: path, type: .normal)
    }
}
