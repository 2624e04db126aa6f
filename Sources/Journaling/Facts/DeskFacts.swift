import Vocabulary

/// The first entry of every journal: whose it is and which key signs its checkpoints.
public struct Opening: Hashable, Sendable, Codable {
    /// Raw Ed25519 public key in hexadecimal.
    public var publicKey: String
    public var institution: String
    public var county: String
    public var software: String
    /// The device's journal before this one, where it was set aside; absent in a first journal.
    public var follows: Follows?

    /// What is known of a journal that was set aside.
    public struct Follows: Hashable, Sendable, Codable {
        public var kiosk: KioskID
        /// Its last entry as far as could be read; absent where it could not be.
        public var through: Int?
        /// damaged, lost, keyLost, asked
        public var reason: String

        public init(kiosk: KioskID, through: Int?, reason: String) {
            self.kiosk = kiosk
            self.through = through
            self.reason = reason
        }
    }

    public init(publicKey: String, institution: String, county: String, software: String) {
        self.publicKey = publicKey
        self.institution = institution
        self.county = county
        self.software = software
    }
}

/// An operator began to work; the session named in the header covers all that follows.
public struct SignIn: Hashable, Sendable, Codable {
    public var role: Role

    public init(role: Role) { self.role = role }
}

/// The day closed against counted cash.
public struct DayClose: Hashable, Sendable, Codable {
    public var identity: String
    /// By tender, from the entries of the day.
    public var expected: [String: Money]
    public var counted: Money
    /// Pieces by denomination in fen.
    public var pieces: [String: Int]
    /// Counted less expected cash.
    public var difference: Money
    public var sentence: String

    public init(
        identity: String, expected: [Tender: Money], counted: Money, pieces: [Int: Int],
        difference: Money, sentence: String
    ) {
        self.identity = identity
        self.expected = journalKeys(expected)
        self.counted = counted
        self.pieces = Dictionary(uniqueKeysWithValues: pieces.map { (String($0.key), $0.value) })
        self.difference = difference
        self.sentence = sentence
    }
}

/// The kiosk took over a bulletin; from here on it prices by it.
public struct BulletinRead: Hashable, Sendable, Codable {
    public var policy: Int
    public var daily: Int

    public init(policy: Int, daily: Int) {
        self.policy = policy
        self.daily = daily
    }
}

/// A step in the life of a policy version at the county office.
public struct Publication: Hashable, Sendable, Codable {
    public enum Step: String, Hashable, Sendable, Codable { case published, released, withdrawn }

    public var step: Step
    public var version: Int
    /// SHA-256 of the manifest.
    public var manifest: Fingerprint
    public var note: String

    public init(step: Step, version: Int, manifest: Fingerprint, note: String) {
        self.step = step
        self.version = version
        self.manifest = manifest
        self.note = note
    }
}
