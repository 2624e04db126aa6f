import Foundation
import SmallCounty
import Testing

/// How much funds pay beyond a yearly limit when clinics do not hear of each other, measured in the
/// simulation: `SIMULATION_CURVE=FILE` writes a line a point for `Tests/Curve/curve.py`.
@Suite(.serialized) struct CurveTests {
    private static let file = ProcessInfo.processInfo.environment["SIMULATION_CURVE"]

    /// Figures of a real pack, but for the rate and the deductible, so that many reach the limit.
    private static let figures = [
        "390/outpatient/limit_year": "2000.00", "common/allotment/floor": "30.00",
        "common/allotment/valid_days": "180", "common/allotment/drawn_days": "3",
    ]
    private static let days = 28
    private static let clinics = 4
    private static let people = 8

    @Test func `a county that hears of every visit at once overspends nothing`() async throws {
        let simulator = try await Self.simulator(.optimistic)
        let point = try await Self.point(simulator, offline: 1, away: 0, days: 8)
        #expect(point.isSound && point.settled > 0 && point.overspent == 0)
    }

    @Test(.enabled(if: file != nil)) func `overspend against days offline and visits away`()
        async throws
    {
        var lines = ["policy,days_offline,away_percent,settled,due,provisional"]
        for policy in Divided.allCases {
            let simulator = try await Self.simulator(policy)
            for offline in [1, 2, 4, 7, 14, 28] {
                for away in [0, 10, 25, 50] {
                    let point = try await Self.point(
                        simulator, offline: offline, away: away, days: Self.days)
                    #expect(point.isSound, "\(point.findings)")
                    lines.append(
                        "\(policy.rawValue),\(offline),\(away),\(point.settled),\(point.due),"
                            + "\(point.provisional)")
                    print(lines.last ?? "")
                }
            }
        }
        let text = lines.joined(separator: "\n") + "\n"
        try text.write(toFile: Self.file ?? "", atomically: true, encoding: .utf8)
    }

    private static func simulator(_ policy: Divided) async throws -> Simulator {
        Simulator(template: try await Template(clinics: clinics, divided: policy, over: figures))
    }

    /// Everybody has a home clinic; a share of visits goes elsewhere. Boxes sync every so many days.
    private static func point(
        _ simulator: Simulator, offline: Int, away: Int, days: Int
    ) async throws -> Simulator.Outcome {
        var random = SeededNumbers(seed: 7)
        var history = History(seed: 7)
        (history.clinics, history.desks, history.looksOften) = (clinics, 1, false)
        // The first day of a year whose limits are divided.
        (history.divided, history.startsAfterDays) = (simulator.template.divided, 39)
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
        // Rights that are asked back come home, and what waited for them is paid.
        for _ in 0..<4 {
            history.steps += (0..<clinics).map { Step.night(box: $0, server: 0, weather: []) }
            history.steps.append(.dawn)
        }
        return try await simulator.run(history)
    }
}
