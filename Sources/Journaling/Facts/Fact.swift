import Vocabulary

/// What an entry says happened. New kinds are added, none is ever changed.
///
/// Indirect, since entries are sorted, grouped and handed on far more often than looked into.
public indirect enum Fact: Hashable, Sendable {
    case opened(Opening)
    case signedIn(SignIn)
    case visit(Visit)
    case visitVoid(VisitVoid)
    case contribution(ContributionReceipt)
    case contributionVoid(ContributionVoid)
    case dayClose(DayClose)
    case bulletinRead(BulletinRead)
    /// How a person is reached.
    case contact(ContactChange)
    /// County: a change of catalogue or policy was drafted, or released by a second person.
    case publication(Publication)
    /// County: which branches of a forked journal count.
    case branchDecision(BranchDecision)
    /// County: the difference between what a visit was settled at and what was due.
    case adjustment(Adjustment)
    /// County: a month is closed; what comes later goes into an open one.
    case monthClosed(MonthClosed)
    /// County: one clerk asks for a month to be closed.
    case monthProposed(MonthProposed)
    /// County: what stood in the books when a journal was found forked.
    case forkFound(ForkFound)
    /// County: what becomes of an entry that a rule held up to a person.
    case ruling(Ruling)
    /// County: a device may spend of people's yearly limits.
    case allotment(Allotment)
    /// A device took over rights that it drew for a visit.
    case rightsTaken(Allotment)
    /// A holder released rights, or (county) they have expired.
    case rightsClosed(RightsClosed)
    /// A kind this version does not know: kept, set aside, shown, never lost.
    case unknown(kind: String)

    public var kind: String {
        switch self {
        case .opened: "opened"
        case .signedIn: "signedIn"
        case .visit: "visit"
        case .visitVoid: "visitVoid"
        case .contribution: "contribution"
        case .contributionVoid: "contributionVoid"
        case .dayClose: "dayClose"
        case .bulletinRead: "bulletinRead"
        case .contact: "contact"
        case .publication: "publication"
        case .branchDecision: "branchDecision"
        case .adjustment: "adjustment"
        case .monthClosed: "monthClosed"
        case .monthProposed: "monthProposed"
        case .forkFound: "forkFound"
        case .ruling: "ruling"
        case .allotment: "allotment"
        case .rightsTaken: "rightsTaken"
        case .rightsClosed: "rightsClosed"
        case .unknown(let kind): kind
        }
    }

    /// The identity made before the fact was written, by which a repeated press is recognised.
    public var identity: String? {
        switch self {
        case .visit(let visit): visit.identity
        case .visitVoid(let void): void.identity
        case .contribution(let receipt): receipt.identity
        case .contributionVoid(let void): void.identity
        case .dayClose(let close): close.identity
        case .contact(let change): change.identity
        case .adjustment(let adjustment): adjustment.identity
        case .allotment(let allotment), .rightsTaken(let allotment): allotment.identity
        case .rightsClosed(let closed): closed.identity
        case .opened, .signedIn, .bulletinRead, .publication, .branchDecision, .monthClosed,
            .monthProposed, .forkFound, .ruling, .unknown:
            nil
        }
    }

    /// The people the fact is about.
    public var persons: [PersonNumber] {
        switch self {
        case .visit(let visit):
            [visit.person]
                + relatives((visit.rights?.parts ?? []).compactMap(\.owner), visit.family)
        case .visitVoid(let void): [void.person] + relatives(void.owners ?? [], void.family)
        case .contribution(let receipt): receipt.lines.map(\.person)
        case .contributionVoid(let void): void.persons
        case .contact(let change): [change.person]
        case .adjustment(let adjustment): [adjustment.person]
        case .ruling(let ruling): ruling.person.map { [$0] } ?? []
        case .allotment(let allotment), .rightsTaken(let allotment): allotment.rows.map(\.owner)
        case .rightsClosed(let closed): closed.rows.map(\.owner)
        case .opened, .signedIn, .dayClose, .bulletinRead, .publication, .branchDecision,
            .monthClosed, .monthProposed, .forkFound, .unknown:
            []
        }
    }

    init(kind: String, from decoder: any Decoder) throws {
        switch kind {
        case "opened": self = .opened(try Opening(from: decoder))
        case "signedIn": self = .signedIn(try SignIn(from: decoder))
        case "visit": self = .visit(try Visit(from: decoder))
        case "visitVoid": self = .visitVoid(try VisitVoid(from: decoder))
        case "contribution": self = .contribution(try ContributionReceipt(from: decoder))
        case "contributionVoid": self = .contributionVoid(try ContributionVoid(from: decoder))
        case "dayClose": self = .dayClose(try DayClose(from: decoder))
        case "bulletinRead": self = .bulletinRead(try BulletinRead(from: decoder))
        case "contact": self = .contact(try ContactChange(from: decoder))
        case "publication": self = .publication(try Publication(from: decoder))
        case "branchDecision": self = .branchDecision(try BranchDecision(from: decoder))
        case "adjustment": self = .adjustment(try Adjustment(from: decoder))
        case "monthClosed": self = .monthClosed(try MonthClosed(from: decoder))
        case "monthProposed": self = .monthProposed(try MonthProposed(from: decoder))
        case "forkFound": self = .forkFound(try ForkFound(from: decoder))
        case "ruling": self = .ruling(try Ruling(from: decoder))
        case "allotment": self = .allotment(try Allotment(from: decoder))
        case "rightsTaken": self = .rightsTaken(try Allotment(from: decoder))
        case "rightsClosed": self = .rightsClosed(try RightsClosed(from: decoder))
        default: self = .unknown(kind: kind)
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .opened(let body): try body.encode(to: encoder)
        case .signedIn(let body): try body.encode(to: encoder)
        case .visit(let body): try body.encode(to: encoder)
        case .visitVoid(let body): try body.encode(to: encoder)
        case .contribution(let body): try body.encode(to: encoder)
        case .contributionVoid(let body): try body.encode(to: encoder)
        case .dayClose(let body): try body.encode(to: encoder)
        case .bulletinRead(let body): try body.encode(to: encoder)
        case .contact(let body): try body.encode(to: encoder)
        case .publication(let body): try body.encode(to: encoder)
        case .branchDecision(let body): try body.encode(to: encoder)
        case .adjustment(let body): try body.encode(to: encoder)
        case .monthClosed(let body): try body.encode(to: encoder)
        case .monthProposed(let body): try body.encode(to: encoder)
        case .forkFound(let body): try body.encode(to: encoder)
        case .ruling(let body): try body.encode(to: encoder)
        case .allotment(let body), .rightsTaken(let body): try body.encode(to: encoder)
        case .rightsClosed(let body): try body.encode(to: encoder)
        case .unknown: preconditionFailure("an unknown kind is read, never written")
        }
    }
}
