import Vocabulary

/// How the unspent part of one limit stands divided.
public struct Division: Hashable, Sendable {
    /// In fen or times, as the rules of the day say.
    public let limit: Int
    /// What is paid of it, by rights and otherwise.
    public let used: Int
    /// What holders may still spend.
    public let outstanding: Int

    public init(limit: Int, used: Int, outstanding: Int) {
        self.limit = limit
        self.used = used
        self.outstanding = outstanding
    }

    public var unspent: Int { max(0, limit - used) }

    /// What the county itself holds: all that may be given to anybody.
    public var reserve: Int { max(0, unspent - outstanding) }

    /// What the home kiosk is to be given now so that it holds its share of what is unspent.
    ///
    /// - Parameters:
    ///   - kept: the share that the county keeps for visits elsewhere.
    ///   - below: as long as the home kiosk holds more than this share of its part, it is left alone.
    ///   - home: what it holds now.
    public func refill(kept: Share, below: Share, home: Int) -> Int {
        let part = unspent - Money(fen: unspent).share(kept).fen
        guard part > 0, home < Money(fen: part).share(below).fen || home == 0 else { return 0 }
        return min(reserve, max(0, part - home))
    }

    /// The same with so much left aside for the owner: of a balance that relatives may spend.
    public func keeping(_ kept: Int) -> Division {
        Division(limit: limit - max(0, kept), used: used, outstanding: outstanding)
    }

    /// What somebody is given who asks for so much.
    public func grant(_ wanted: Int) -> Int { min(reserve, max(0, wanted)) }
}
