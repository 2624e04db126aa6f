import BrokenDisk
import Foundation
import Testing

/// A power cut at every write of everything a kiosk does.
@Suite(.serialized) struct PowerCutTests {
    /// POWER_CUT=all takes every point in every way; otherwise a stride through them.
    static let isAll = ProcessInfo.processInfo.environment["POWER_CUT"] == "all"

    @Test(arguments: [("K0001", 1_000), ("K0001", 6), ("T0001", 1_000)])
    func `a cut at any write loses nothing, doubles nothing, and the desk is ready again`(
        kiosk: String, pagesPerCheckpoint: Int
    ) async throws {
        let run = try PowerCut(
            kiosk, Self.thoroughness, pagesPerCheckpoint: pagesPerCheckpoint)
        try await run.run()
        print("power cut, \(kiosk), checkpoint every \(pagesPerCheckpoint) pages: \(run.tally)")
        #expect(run.tally.cut > 20)
        if Self.isAll { #expect(run.tally.cut == run.tally.points) }
    }

    private static var thoroughness: PowerCut.Thoroughness {
        guard isAll else {
            return PowerCut.Thoroughness(
                stride: 17, survivals: [.dropped, .subset(1), .torn(2)], restartEvery: 4)
        }
        return PowerCut.Thoroughness(
            stride: 1,
            survivals: [
                .dropped, .kept, .subset(1), .subset(2), .subset(3), .torn(4), .torn(5), .torn(6),
            ], restartEvery: 1)
    }
}
