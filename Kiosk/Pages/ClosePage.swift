import Collecting
import Hummingbird
import Journaling
import Vocabulary

/// The end of the day: what the drawer should hold, what it holds, and whether one may go home.
struct ClosePage: Sendable {
    let site: Site
    var desk: Desk { site.desk }

    func add(to routes: Routes) {
        routes.get("/close") { call in try await show(call) }
        routes.post("/close") { call in try await close(call) }
    }

    private func show(_ call: Call, notice: Notice? = nil) async throws -> Response {
        let day = try await desk.till(on: desk.today)
        let status = try await desk.status()
        let isDone = day.closed.map { tenders($0.expected) == day.till.expected } ?? false
        let wantsAgain = !call.fields["again"].isEmpty || notice != nil
        var view = CloseView(day)
        view.identity = desk.randomness.identity()
        view.sentence = call.fields["sentence"]
        view.fillPieces(call.fields)
        var notice = notice
        if let closed = day.closed, isDone, !wantsAgain {
            view.done = DoneView(closed, status)
        } else if day.closed != nil, notice == nil {
            notice = .said(Texts.of("closedBefore"))
        }
        return try await site.page(
            "close", view, title: Texts.of("close"), for: call.session, notice: notice,
            status: notice?.isProblem == true ? .unprocessableContent : .ok)
    }

    private func close(_ call: Call) async throws -> Response {
        do {
            var pieces: [Int: Int] = [:]
            for denomination in Till.denominations {
                let typed = halfWidth(call.fields["n\(denomination)"])
                guard !typed.isEmpty else { continue }
                guard let count = Int(typed) else { throw Refusal.badQuantity(typed) }
                pieces[denomination] = count
            }
            let sentence = String(call.fields["sentence"].prefix(200))
            let typed = call.fields["id"]
            let isOurs = typed.count == 16 && typed.allSatisfy(\.isHexDigit)
            _ = try await desk.close(
                pieces, sentence: sentence, id: isOurs ? typed : desk.randomness.identity(),
                by: call.session)
            return .redirect(to: "/close")
        } catch {
            return try await show(call, notice: .problem(try await site.sentence(error)))
        }
    }
}

private struct CloseView {
    let expected: [Slip.Row]
    let cash: String
    let cashFen: Int
    let visits: Int
    let receipts: Int
    var notes: [Note]
    var identity = ""
    var sentence = ""
    var done: DoneView?

    struct Note {
        let denomination: Int
        let label: String
        var count: String
    }

    init(_ day: DeskDay) {
        visits = day.visits
        receipts = day.receipts
        let cash = day.till.expected[.cash] ?? .zero
        self.cash = cash.description
        cashFen = cash.fen
        let tenders = day.till.expected.sorted { $0.key.rawValue < $1.key.rawValue }
            .filter { $0.key != .cash }
            .map { (Texts.word($0.key), $0.value) }
        let beside = [
            (Texts.familyPaid, day.family), (Texts.settledLabel(day.owed), day.owed),
        ].filter { $0.1 != .zero }
        expected = (tenders + beside).map { Slip.Row(label: $0.0, value: $0.1.description) }
        notes = Till.denominations.map {
            Note(denomination: $0, label: Texts.note($0), count: "")
        }
    }

    mutating func fillPieces(_ fields: Fields) {
        for index in notes.indices {
            notes[index].count = fields["n\(notes[index].denomination)"]
        }
    }
}

private struct DoneView {
    let counted: String
    let expectedCash: String
    let difference: String
    let why: String?
    let finish: Mark
    let nextStep: String?

    init(_ close: DayClose, _ status: DeskStatus) {
        counted = close.counted.description
        expectedCash = (close.counted - close.difference).description
        difference = close.difference.description
        why = close.sentence.isEmpty ? nil : close.sentence
        finish =
            status.allSigned
            ? Mark(.signed, Texts.of("mayTurnOff")) : Mark(.old, Texts.onlyHere(status.unsent))
        nextStep = status.allSigned ? nil : Texts.of("onlyHereNext")
    }
}
