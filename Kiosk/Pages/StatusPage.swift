import Hummingbird
import Syncing
import Vocabulary

/// How far the county has signed, how old our knowledge is, and the button that sends.
struct StatusPage: Sendable {
    let site: Site
    var desk: Desk { site.desk }

    func add(to routes: Routes) {
        routes.get("/status") { call in try await show(call) }
        routes.post("/status/send") { call in
            try await show(call, notice: try await reachCounty())
        }
        routes.post("/status/time") { call in
            guard let at = Instant(day: call.fields["day"], time: call.fields["time"]) else {
                return try await show(call, notice: .problem(Texts.of("timeMalformed")))
            }
            try await desk.confirmTime(at)
            return try await show(call, notice: .said(Texts.of("timeTaken")))
        }
    }

    /// Sends and fetches once; a failure is a sentence, since nothing is lost by it.
    func reachCounty() async throws -> Notice {
        do {
            let report = try await desk.night(try site.carrier())
            site.contact.note(.reached(desk.clock.now()))
            return .said(Texts.sent(report))
        } catch {
            site.contact.note(.failed(desk.clock.now()))
            return .problem(Texts.sending(failed: error, phone: await desk.assignment.phone))
        }
    }

    private func show(_ call: Call, notice: Notice? = nil) async throws -> Response {
        let status = try await desk.status()
        let view = StatusView(
            status, site.contact.outcome, desk.progress.current, site.courier.plan)
        return try await site.page(
            "status", view, title: Texts.of("status"), for: call.session, notice: notice)
    }
}

private struct StatusView {
    let county: Mark
    let roll: Mark
    let rows: [Slip.Row]
    let canSend = true
    /// What is wrong with the clock, if anything.
    let clock: [Mark]
    /// A person may say what time it is, where the county has not.
    let asksTime: Bool

    init(
        _ status: DeskStatus, _ outcome: Contact.Outcome, _ line: LinkProgress.State?,
        _ plan: CourierPlan?
    ) {
        county =
            status.allSigned
            ? Mark(.signed, Texts.of("countySigned"))
            : Mark(.old, Texts.unsent(status.unsent, since: status.oldestUnsent, now: status.now))
        roll =
            status.rollAsOf.map { Mark(.plain, Texts.rollAge($0, on: status.now.day)) }
            ?? Mark(.stop, Texts.of("noRoll"))
        clock = Texts.clock(status).map { [$0] } ?? []
        asksTime = status.timeHeld
        rows = [
            Slip.Row(label: Texts.of("kiosk"), value: status.kiosk.rawValue),
            Slip.Row(label: Texts.of("entries"), value: "\(status.entries)"),
            Slip.Row(label: Texts.of("policyVersion"), value: "\(status.policy)"),
            Slip.Row(label: Texts.of("lastContact"), value: Texts.contact(outcome, status.now)),
            Slip.Row(label: Texts.of("onTheLine"), value: Texts.line(line)),
            Slip.Row(
                label: Texts.of("nextContact"),
                value: Texts.next(plan, unsent: status.unsent, now: status.now)),
            Slip.Row(label: Texts.of("software"), value: softwareVersion),
        ]
    }
}
