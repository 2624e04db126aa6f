import Identifying
import Journaling
import Syncing
import Vocabulary

/// What one township's kiosks are told every night.
public struct TownshipDaily: Sendable {
    public var township: String
    public var members: [Member]
    public var standings: [StandingRow]

    public init(township: String, members: [Member], standings: [StandingRow]) {
        self.township = township
        self.members = members
        self.standings = standings
    }

    public func sections(asOf: Instant, through: [String: Int]) throws -> [String: [UInt8]] {
        let heading = RollHeading(asOf: asOf, township: township, count: members.count)
        let roll =
            try Lines.encode([heading])
            + Lines.encode(members.sorted { $0.number < $1.number })
        let standing =
            try Lines.encode([StandingHeading(asOf: asOf, through: through)])
            + Lines.encode(standings.sorted { $0.person < $1.person })
        return [
            SectionName.roll(township: township): roll,
            SectionName.standing(township: township): standing,
        ]
    }
}
