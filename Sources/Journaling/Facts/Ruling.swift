import Vocabulary

/// The county rules on an entry that a rule of merging or of review holds up to a person.
///
/// What moves money takes two: one clerk proposes, another confirms with the same words, and only
/// then it has effect. A later ruling on the same matter takes the place of an earlier one.
public struct Ruling: Hashable, Sendable, Codable {
    /// The rule that held the entry up: the name of a kind of clash, or of a check.
    public var matter: String
    /// The entry: its journal and number, and its hash, which no fork makes ambiguous.
    public var kiosk: KioskID
    public var sequence: Int
    public var hash: Fingerprint
    /// Whose year it changes; absent where no person is concerned.
    public var person: PersonNumber?
    public var year: Int?
    /// What the clash hangs on where it is no person-year, such as a receipt number.
    public var subject: String?
    public var choice: Choice
    /// Who bears what the fund then has paid too much.
    public var bearer: Adjustment.Bearer?
    public var reason: String
    /// Number of the proposal in the same journal; `nil` in the proposal itself.
    public var confirms: Int?

    public enum Choice: String, Hashable, Sendable, Codable, CaseIterable {
        /// It stays as it happened; closes the matter and moves nothing.
        case stands
        /// The fund pays nothing of this visit.
        case refused
        /// Who bears a difference, other than the policy's default.
        case borne
        /// Of several receipts this one stands.
        case receipt
        /// An entry that was kept without effect takes effect.
        case admitted
        /// Earlier rulings on this matter no longer hold.
        case reopened

        /// Whether a second person has to confirm: what moves money, or takes such a ruling back.
        /// What takes the place of one that has been confirmed needs a second person as well.
        public var needsSecond: Bool { self != .stands }

        /// The same in the place of a ruling that holds: what takes the place of one that moved
        /// money moves it back.
        public func needsSecond(over held: Choice?) -> Bool {
            needsSecond || held?.needsSecond == true
        }
    }

    public init(
        matter: String, kiosk: KioskID, sequence: Int, hash: Fingerprint, person: PersonNumber?,
        year: Int?, subject: String? = nil, choice: Choice, bearer: Adjustment.Bearer? = nil,
        reason: String, confirms: Int? = nil
    ) {
        self.matter = matter
        self.kiosk = kiosk
        self.sequence = sequence
        self.hash = hash
        self.person = person
        self.year = year
        self.subject = subject
        self.choice = choice
        self.bearer = bearer
        self.reason = reason
        self.confirms = confirms
    }

    /// Whether this repeats a proposal; the reason may be the confirming person's own.
    public func repeats(_ proposal: Ruling) -> Bool {
        var same = proposal
        (same.confirms, same.reason) = (confirms, reason)
        return proposal.confirms == nil && same == self
    }
}
