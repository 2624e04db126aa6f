import Cataloguing
import Checking
import Pricing
import Rules
import Settling
import Syncing
import Vocabulary

/// The lines with what has to be said about them, and who would pay what.
struct BillBand {
    let lines: [LineView]
    let lineCount: Int
    /// Findings about the whole bill.
    let wholeFindings: [FindingView]
    let total: String
    let amounts: AmountsView?
    /// Why there is no price.
    let fault: String?
    let canSettle: Bool

    init(
        _ order: Order, _ proposal: Result<Proposal, any Error>, _ policy: HeldPolicy,
        at level: InstitutionLevel, on day: Day, desk: DeskAssignment, clinics: [KioskID: String]
    ) {
        let found = (try? proposal.get().findings) ?? []
        let views = found.map { FindingView($0, order) }
        lines = order.lines.enumerated().map { index, line in
            let item = policy.catalogue.item(line.code, day)
            return LineView(
                index + 1, line, item, limit: item?.priceLimit(at: level),
                views.filter { $0.line == index + 1 })
        }
        lineCount = lines.count
        wholeFindings = views.filter { $0.line == nil && $0.check != .notCovered }
        total = order.lines.sum { $0.price.cost(of: $0.quantity) }.description
        switch proposal {
        case .success(let proposal):
            amounts = AmountsView(proposal, order, desk, clinics)
            canSettle = !found.contains { $0.severity == .stop }
            fault = nil
        case .failure(let error):
            amounts = nil
            canSettle = false
            fault = Texts.sentence(for: error, phone: desk.phone)
        }
    }
}

/// One charged line.
struct LineView {
    let number: Int
    let itemName: String
    let specification: String
    let itemClass: String
    let quantity: String
    let price: String
    let amount: String
    let supply: String?
    let traces: String?
    let limit: String?
    let findings: [FindingView]

    init(
        _ number: Int, _ line: Order.Line, _ item: CatalogueItem?, limit: Money?,
        _ findings: [FindingView]
    ) {
        self.number = number
        itemName = item?.name ?? line.code
        specification = item?.specification ?? ""
        itemClass = item.map { Texts.word($0.itemClass) } ?? "?"
        quantity = "\(line.quantity) \(item?.unit ?? "")"
        price = line.price.description
        amount = line.price.cost(of: line.quantity).description
        supply = line.days.map(Texts.supply)
        traces = line.traces.map { Texts.traces($0.count) }
        self.limit = limit?.description
        self.findings = findings
    }
}

/// One thing to know before settling, in one sentence.
struct FindingView {
    let check: Check
    let line: Int?
    let key: String
    let mark: Mark
    let asksReason: Bool
    let reasonGiven: String
    let isAnswered: Bool
    let basis: String

    init(_ finding: Finding, _ order: Order) {
        check = finding.check
        line = finding.line
        key = finding.overrideKey
        asksReason = finding.severity == .warn && finding.stage == .settling
        basis = Texts.basis(finding)
        reasonGiven = order.reason(for: finding) ?? ""
        isAnswered = !reasonGiven.isEmpty
        let tone: Mark.Tone =
            switch finding.severity {
            case .stop: .stop
            case .warn: .old
            case .report: .plain
            }
        mark = Mark(tone, Texts.sentence(for: finding))
    }
}

/// The fourth band.
struct AmountsView {
    let fundPart: String
    let personPart: String
    let due: Int
    let seen: String
    let accountWord: String?
    /// Cash beside what accounts pay, in fen; absent where there is none.
    let rest: String?
    /// Whose account pays how much; absent where no relative's does.
    let familyWord: String?
    /// Rights that the county could give would change who pays.
    let canDraw: Bool
    /// What accounts could pay in addition once the county was asked; absent where it is nothing.
    let accountsShort: String?
    /// Why the fund pays less here today and what follows; absent where it does not.
    let short: String?
    /// What is settled of what the person is owed or owes; absent where nothing is open.
    let settling: SettlingView?

    init(
        _ proposal: Proposal, _ order: Order, _ desk: DeskAssignment, _ clinics: [KioskID: String]
    ) {
        let amounts = proposal.quote.amounts
        fundPart = amounts.fundTotal.description
        personPart = amounts.personPart.description
        due = proposal.asked.fen
        let accounts = proposal.byAccounts
        seen = markSeen(order, proposal.asked, accounts)
        let beside = proposal.asked - accounts.total
        rest = accounts.total > .zero && beside > .zero ? "\(beside.fen)" : nil
        settling = proposal.owed.flatMap { owed in
            owed.terms.extent == .never || owed.open.total == .zero
                ? nil : SettlingView(owed, asked: proposal.asked, desk, clinics)
        }
        let follows = proposal.follows
        short = follows > .zero ? Texts.short(paid: amounts.fundTotal, follows: follows) : nil
        let (balance, more) = (proposal.account, proposal.drawableByAccounts)
        accountsShort = more > .zero ? Texts.accountsShort(more) : nil
        canDraw = short != nil || accountsShort != nil
        if accounts.family.isEmpty {
            familyWord = nil
            accountWord = balance > .zero ? Texts.account(balance, due: proposal.asked) : nil
        } else {
            familyWord = Texts.byAccounts(accounts, proposal)
            accountWord = Texts.accounts(accounts.total, due: proposal.asked)
        }
    }
}

/// What was owed before this visit, in the fourth band.
struct SettlingView {
    let sentence: String
    /// What is asked for with it.
    let asked: String
    let mayLeave: Bool
    let isLeft: Bool

    init(
        _ owed: OwedToday, asked: Money, _ desk: DeskAssignment, _ clinics: [KioskID: String]
    ) {
        sentence = Texts.settling(owed, asked: asked, desk, clinics)
        self.asked = asked.description
        (mayLeave, isLeft) = (owed.mayLeave, owed.isLeft)
    }
}
