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
        /// The relative whose limit it is; absent where it is the patient's own.
        public var owner: PersonNumber?

        public init(limit: Counter, amount: Int, owner: PersonNumber? = nil) {
            self.limit = limit
            self.amount = Money(fen: amount)
            self.owner = owner
        }

        /// A relative's line says whose it is; any other is spelled as it was before there were any.
        fileprivate func spelled(_ middle: String = "") -> String {
            "\(limit) \(middle)\(amount.fen)" + (owner.map { " \($0)" } ?? "")
        }
    }

    /// What a visit lacks of one limit.
    public struct Lack: Sendable, Hashable {
        public var wanted: Wanted
        /// What the device holds of it already.
        public var held: Int

        /// - Parameters:
        ///   - use: what the visit would take.
        ///   - owner: the relative whose limit it is; `nil` for the patient's own.
        /// - Returns: `nil` where nothing is lacking.
        public init?(of limit: Counter, use: Int, held: Int, owner: PersonNumber? = nil) {
            guard use > held else { return nil }
            wanted = Wanted(limit: limit, amount: use - held, owner: owner)
            self.held = held
        }

        private var place: (String, String) { (wanted.owner?.rawValue ?? "", "\(wanted.limit)") }

        fileprivate static func inOrder(_ a: Lack, _ b: Lack) -> Bool { a.place < b.place }
    }

    /// - Parameter order: identity of the visit that is being entered.
    public init(
        order: String, kiosk: KioskID, person: PersonNumber, day: Day, lacking: [Lack],
        key: DeviceKey
    ) throws {
        self.kiosk = kiosk
        self.person = person
        self.day = day
        let lacking = lacking.sorted(by: Lack.inOrder)
        wanted = lacking.map(\.wanted)
        // More lines, another answer; the same lines, the same question.
        let asked = lacking.map { $0.wanted.spelled("\($0.held) ") }
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
        let rows = wanted.map { $0.spelled() + "\n" }.joined()
        return Array(
            "village-kiosk draw 1\n\(identity)\n\(kiosk)\n\(person)\n\(day)\n\(rows)".utf8)
    }

    /// Whose limits are asked for.
    public var owners: Set<PersonNumber> { Set(wanted.map { $0.owner ?? person }) }

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
            allotment.rows.allSatisfy({ request.owners.contains($0.owner) })
        else { throw .otherRecipient }
    }
}
