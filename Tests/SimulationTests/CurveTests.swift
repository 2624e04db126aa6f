import Foundation
import SmallCounty
import Testing

/// How much funds pay beyond a yearly limit when clinics do not hear of each other, measured in the
/// simulation: `SIMULATION_CURVE=FILE` writes a line a point for `Tests/Curve/curve.py`.
@Suite(.serialized) struct CurveTests {
    private static let file = ProcessInfo.processInfo.environment["SIMULATION_CURVE"]

    /// What a county may choose for limits that are drawn on offline; whatever is chosen here is what
    /// the simulated county has in force.
    private static let policies = ["optimistic"]
    private static let days = 28
    private static let clinics = 4
    private static let people = 8

    @Test func `a county that hears of every visit at once overspends nothing`() async throws {
        let point = try await Self.point(offline: 1, away: 0, days: 8)
        #expect(point.isSound && point.settled > 0 && point.overspent == 0)
    }

    @Test(.enabled(if: file != nil)) func `overspend against days offline and visits away`()
        async throws
    {
        var lines = ["policy,days_offline,away_percent,settled,due,overspent,provisional"]
        for policy in Self.policies {
            for offline in [1, 2, 4, 7, 14, 28] {
                for away in [0, 10, 25, 50] {
                    let point = try await Self.point(offline: offline, away: away, days: Self.days)
                    #expect(point.isSound, "\(point.findings)")
                    lines.append(
                        "\(policy),\(offline),\(away),\(point.settled),\(point.due),"
                            + "\(point.overspent),0")
                    print(lines.last ?? "")
                }
            }
        }
        let text = lines.joined(separator: "\n") + "\n"
        try text.write(toFile: Self.file ?? "", atomically: true, encoding: .utf8)
    }

    private static let template = Task { try await Template() }

    /// Everybody has a home clinic; a share of visits goes elsewhere. Boxes sync every so many days.
    private static func point(
        offline: Int, away: Int, days: Int
    ) async throws -> Simulator.Outcome {
        var random = SeededNumbers(seed: 7)
        var history = History(seed: 7)
        (history.clinics, history.desks, history.looksOften) = (clinics, 1, false)
        for day in 1...days {
            for person in 0..<people where random.next(below: 100) < 45 {
                let elsewhere = 1 + random.next(below: clinics - 1)
                let isAway = random.next(below: 100) < away
                let box = (person + (isAway ? elsewhere : 0)) % clinics
                let fen = 20_000 + random.next(below: 40_000)
                history.steps.append(.visit(box: box, person: person, fen: fen))
            }
            if day % offline == 0 {
                let sync = (0..<clinics).map { Step.night(box: $0, server: 0, weather: []) }
                // Once to be heard, once to hear of the others.
                history.steps += sync + [.dawn] + sync
            } else {
                history.steps.append(.dawn)
            }
        }
        return try await Simulator(template: try await template.value).run(history)
    }
}
