import Foundation
import Hummingbird
import Mustache
import NIOCore
import Syncing
import Vocabulary

/// The county office's screens: pages rendered here, one style sheet, no script, nothing from
/// elsewhere.
struct Site: Sendable {
    let office: Office
    let templates: MustacheLibrary
    let style: String
    let door: Door
    let shelf = ContentShelf()
    let reviews = ReviewShelf()
    /// A page waits so long for a review of many days before it shows the last one.
    let patience: Duration
    /// A kiosk silent for longer than this is a person's business.
    let quietDays: Int
    /// The connection is TLS, so the cookie may ask for it.
    let secure: Bool

    init(
        office: Office, quietDays: Int = 3, secure: Bool = false, patience: Duration = .seconds(1)
    ) async throws {
        guard let folder = Bundle.module.resourceURL?.appendingPathComponent("Web") else {
            throw PageFault.notFound
        }
        self.office = office
        self.quietDays = quietDays
        self.secure = secure
        self.patience = patience
        door = Door(clock: office.clock, randomness: office.randomness)
        templates = try await MustacheLibrary(directory: folder.path)
        style = try String(
            contentsOf: folder.appendingPathComponent("county.css"), encoding: .utf8)
    }

    func add(to router: Router<some RequestContext>) {
        addDoor(to: router)
        addLedger(to: router)
        addPolicy(to: router)
    }

    private func addLedger(to router: Router<some RequestContext>) {
        get("/", router, first)
        get("/kiosks", router, kiosks)
        get("/kiosks/:kiosk", router, kiosk)
        get("/kiosks/:kiosk/days/:day", router, kioskDay)
        get("/kiosks/:kiosk/fork", router, fork)
        post("/kiosks/:kiosk/fork", router, decideFork)
        get("/entries/:kiosk/:sequence", router, entry)
        get("/set-aside", router, setAside)
        get("/ledger", router, ledger)
        get("/ledger/balance", router, balance)
        get("/ledger/clinics", router, clinics)
        get("/months", router, months)
        post("/months", router, closeMonth)
        get("/members", router, members)
        post("/members", router, members)
        get("/members/:person", router, member)
        get("/clashes", router, clashes)
        get("/findings", router, findings)
        get("/waiting", router, waiting)
        get("/matters", router, matter)
        post("/rulings", router, rule)
        get("/clashes/:person/:year/:kind/:kiosk/:sequence", router, clash)
    }

    private func addPolicy(to router: Router<some RequestContext>) {
        get("/policy", router, policy)
        get("/policy/parameters", router, parameters)
        get("/policy/catalogue", router, catalogue)
        get("/policy/draft", router, draft)
        get("/policy/draft/price/:code", router, priceForm)
        post("/policy/draft/price/:code", router, changePrice)
        get("/policy/draft/parameter", router, parameterForm)
        post("/policy/draft/parameter", router, changeParameter)
        post("/policy/draft/remove", router, removeChange)
        post("/policy/publish", router, publish)
        get("/policy/proposal", router, proposal)
        post("/policy/release", router, release)
        post("/policy/withdraw", router, withdraw)
    }
}

/// What a screen is asked.
struct Ask: Sendable {
    let person: Syncing.Operator
    let path: [String: String]
    let query: Form
    let form: Form

    /// A part of the path that must be well formed, or there is no such page.
    func part<Value>(_ name: String, _ read: (String) -> Value?) throws -> Value {
        guard let value = path[name].flatMap(read) else { throw PageFault.notFound }
        return value
    }

    var mayPublish: Bool { person.role == .countyClerk }
}

/// What a screen answers.
enum Answer: Sendable {
    case page(_ template: String, any Sendable)
    case see(_ path: String)
}

/// Why a page is not shown.
enum PageFault: Error, Equatable {
    case notFound
    case signInFirst
    case otherOrigin
    case tooLong
    /// Unknown number or wrong PIN; the answer does not say which.
    case notKnown
    case paused(minutes: Int)
    /// Works elsewhere: a clinic or a township desk.
    case otherDesk
    case unreadable(field: String)
}

/// A screen: pure in what it is asked and what the office holds.
typealias Screen = @Sendable (Ask) async throws -> Answer
