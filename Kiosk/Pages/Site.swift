import Foundation
import Hummingbird
import Mustache
import Syncing
import Vocabulary

/// The kiosk's screens: pages a village doctor and a township collector work with all day, served
/// on loopback and complete without a network.
///
/// One screen a file; `router()` is the table of contents.
struct Site: Sendable {
    let desk: Desk
    let printer: SlipPrinter
    /// The way to the county, made anew for each attempt.
    let carrier: @Sendable () throws -> Carrier
    /// A name under which the pages may be asked for besides loopback.
    let hostName: String?
    let sessions = Sessions()
    let contact = Contact()
    /// Who goes to the county by itself; nobody where the desk is only looked at.
    let courier = Courier.Slot()
    let templates: MustacheLibrary
    let assets: Assets

    init(
        desk: Desk, printer: SlipPrinter, hostName: String? = nil,
        carrier: @escaping @Sendable () throws -> Carrier
    ) async throws {
        self.desk = desk
        self.printer = printer
        self.hostName = hostName
        self.carrier = carrier
        let folder = (Bundle.module.resourcePath ?? ".") + "/Web"
        templates = try await MustacheLibrary(directory: folder)
        assets = try Assets(folder: folder)
    }

    func router() throws -> Router<DeskContext> {
        let router = Router(context: DeskContext.self)
        router.addMiddleware {
            PageHeaders()
            SameOrigin(hostName: hostName)
            KnowsSession(sessions: sessions)
        }
        router.get("/web/:file") { _, context in
            try assets.response(try context.parameters.require("file"))
        }
        let routes = Routes(router: router, site: self)
        SignInPage(site: self).add(to: routes)
        VisitPage(site: self).add(to: routes)
        WhyPage(site: self).add(to: routes)
        SlipPage(site: self).add(to: routes)
        RecentPage(site: self).add(to: routes)
        RollPage(site: self).add(to: routes)
        HouseholdPage(site: self).add(to: routes)
        ReceiptPage(site: self).add(to: routes)
        ContactPage(site: self).add(to: routes)
        ClosePage(site: self).add(to: routes)
        StatusPage(site: self).add(to: routes)
        return router
    }
}

/// What every request carries; the session is there once somebody signed in.
struct DeskContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    var session: Session?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
    }
}
