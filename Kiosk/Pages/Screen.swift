import HTTPTypes
import Hummingbird
import Journaling
import Mustache
import NIOCore
import Syncing
import Vocabulary

/// What every template is given: the texts, the strip, and the page's own content.
struct Screen<Content> {
    let t = Texts.page
    let title: String
    let strip: Strip?
    let notice: Notice?
    let content: Content
}

/// A sentence at the top of a page: what, why and what now.
struct Notice: Sendable {
    let text: String
    /// Stops the work; otherwise it is only said.
    let isProblem: Bool

    static func problem(_ text: String) -> Notice { Notice(text: text, isProblem: true) }
    static func said(_ text: String) -> Notice { Notice(text: text, isProblem: false) }
}

/// The strip at the top of every screen.
struct Strip: Sendable {
    let clinic: String
    let operatorName: String
    let isDoctor: Bool
    let network: Mark
    let unsent: Mark
    let clock: String
    /// What is wrong with the clock, said before anything is settled.
    let clockFault: [Mark]
    /// A journal that was set aside.
    var aside: Mark?
}

/// A word with its shape and colour; never a colour alone.
struct Mark: Sendable {
    enum Tone: String, Sendable { case signed, old, stop, plain }

    let shape: String
    let word: String
    let css: String

    init(_ tone: Tone, _ word: String) {
        shape =
            switch tone {
            case .signed: "●"
            case .old: "▲"
            case .stop: "■"
            case .plain: "○"
            }
        self.word = word
        css = tone.rawValue
    }
}

extension Site {
    func page<Content>(
        _ template: String, _ content: Content, title: String, for session: Session?,
        notice: Notice? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        var strip: Strip?
        if let session { strip = try await self.strip(session) }
        let screen = Screen(title: title, strip: strip, notice: notice, content: content)
        return try fragment(template, screen, status: status)
    }

    /// Renders a template alone.
    func fragment(
        _ template: String, _ context: Any, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        guard let html = templates.render(context, withTemplate: template) else {
            throw HTTPError(.internalServerError, message: "no template \(template)")
        }
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    /// A page that says one sentence and leads back.
    func problem(_ error: any Error, for session: Session) async throws -> Response {
        let sentence = try await sentence(error)
        return try await page(
            "problem", Problem(sentence: sentence, code: Texts.code(of: error)),
            title: Texts.of("problem"), for: session, status: .unprocessableContent)
    }

    func sentence(_ error: any Error) async throws -> String {
        Texts.sentence(for: error, phone: await desk.assignment.phone)
    }

    private func strip(_ session: Session) async throws -> Strip {
        let status = try await desk.status()
        let network =
            switch contact.outcome {
            case .reached: Mark(.plain, Texts.of("online"))
            case .failed, .none: Mark(.plain, Texts.of("offline"))
            }
        let unsent =
            status.allSigned
            ? Mark(.signed, Texts.of("allSigned"))
            : Mark(.old, Texts.unsent(status.unsent, since: status.oldestUnsent, now: status.now))
        return Strip(
            clinic: fullName(status.name, in: status.townshipName),
            operatorName: session.person.name,
            isDoctor: session.person.role == .villageDoctor, network: network, unsent: unsent,
            clock: status.now.clockTime, clockFault: Texts.clock(status).map { [$0] } ?? [],
            aside: status.aside.map { Mark(.stop, Texts.told($0, namingFile: false)) })
    }
}

private struct Problem {
    let sentence: String
    let code: String
}

/// The name of a clinic or desk with its township, which some names begin with already.
func fullName(_ name: String, in township: String) -> String {
    name.hasPrefix(township) ? name : township + name
}
