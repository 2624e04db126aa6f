import Allotting
import Journaling
import Pricing
import Vocabulary

/// A device away from a person's home asks for rights, to pay the fund's part of a visit at once.
public struct DrawRequest: Sendable, Hashable, Codable {
    /// The same for every attempt: the county gives once, however often it is asked.
    public var identity: String
    public var kiosk: KioskID
    public var person: PersonNumber
    public var day: Day
    public var wanted: [Wanted]
    /// By the device's key, over all the rest.
    public var signature: String

    public struct Wanted: Sendable, Hashable, Codable {
        public var limit: Counter
        public var amount: Money

        public init(limit: Counter, amount: Int) {
            self.limit = limit
            self.amount = Money(fen: amount)
        }
    }

    /// - Parameter order: identity of the visit that is being entered.
    public init(
        order: String, kiosk: KioskID, person: PersonNumber, day: Day, held: [Counter: Int],
        wanted: [Counter: Int], key: DeviceKey
    ) throws {
        self.kiosk = kiosk
        self.person = person
        self.day = day
        self.wanted = wanted.filter { $0.value > 0 }.sorted { "\($0.key)" < "\($1.key)" }
            .map { Wanted(limit: $0.key, amount: $0.value) }
        // More lines, another answer; the same lines, the same question.
        let asked = self.wanted.map { "\($0.limit) \(held[$0.limit] ?? 0) \($0.amount.fen)" }
        let words = ([order, kiosk.rawValue, person.rawValue] + asked).joined(separator: "\n")
        identity = String("\(SyncingHash.of(Array(words.utf8)))".prefix(DrawRequest.digits))
        signature = ""
        signature = hex(try key.sign(statement))
    }

    /// Hexadecimal digits of a request's name.
    static let digits = 24
    /// No request is longer.
    public static let mostBytes = 8 * 1024

    private var statement: [UInt8] {
        let rows = wanted.map { "\($0.limit) \($0.amount.fen)\n" }.joined()
        return Array(
            "village-kiosk draw 1\n\(identity)\n\(kiosk)\n\(person)\n\(day)\n\(rows)".utf8)
    }

    public func isSigned(by publicKey: [UInt8]) -> Bool {
        verify(hexSignature: signature, over: statement, by: publicKey)
    }
}

/// What the county gave; its rights may be spent from this moment on.
public struct DrawAnswer: Sendable, Hashable, Codable {
    public var county: String
    public var at: Instant
    /// Without rows where the reserve holds nothing.
    public var allotment: Allotment

    public init(county: String, at: Instant, allotment: Allotment) {
        self.county = county
        self.at = at
        self.allotment = allotment
    }

    /// Reads and verifies an answer.
    ///
    /// - Throws: ``DocumentFault`` for anything but this county's answer to this request.
    public init(bytes: [UInt8], to request: DrawRequest, trust: Trust) throws(DocumentFault) {
        let document = try SignedDocument(role: .rights, bytes: bytes)
        try document.requireSigners(1, among: [trust.serviceKey])
        self = try document.value(DrawAnswer.self)
        guard county == trust.county else { throw .otherCounty(county) }
        guard allotment.identity == request.identity, allotment.holder == request.kiosk,
            allotment.rows.allSatisfy({ $0.owner == request.person })
        else { throw .otherRecipient }
    }
}
