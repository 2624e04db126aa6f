import Testing

/// The shortest histories of faults that the simulation found and that were mended.
@Suite struct FoundBeforeTests {
    /// An adjustment had paid a visit that a county set back no longer knew; what it had paid was
    /// drawn once more before the visit came again.
    @Test func `what a county paid before it was set back is not given again`() async throws {
        var history = History(seed: 1_023, divided: .strict)
        history.clinics = 4
        history.startsAfterDays = 41
        history.steps = [
            .backup, .visit(box: 0, person: 1, fen: 1_000),
            .night(box: 0, server: 0, weather: []), .dawn, .restore(back: 0),
            .visitOnline(box: 0, person: 1, fen: 6_810, weather: []),
        ]
        let simulator = Simulator(template: try await Template(divided: .strict))
        let outcome = try await simulator.run(history)
        #expect(outcome.findings == [])
        #expect(outcome.visits == 2)
    }
}
