import Testing

/// The shortest histories of faults that the simulation found and that were mended.
@Suite struct FoundBeforeTests {
    private static let histories = [
        // An adjustment had paid a visit that a county set back no longer knew; what it had paid was
        // drawn once more before the visit came again.
        history(
            1_023, clinics: 4, after: 41,
            [
                .backup, .visit(box: 0, person: 1, fen: 1_000),
                .night(box: 0, server: 0, weather: []), .dawn, .restore(back: 0),
                .visitOnline(box: 0, person: 1, fen: 6_810, weather: []),
            ]),
        // A limit was raised, rights were given of the rise, and a visit before it lost what it had
        // been paid; that was drawn once more.
        history(
            10_145, clinics: 4, servers: 2, after: 42,
            [
                .move(person: 1, clinic: 3), .visit(box: 1, person: 1, fen: 1_000),
                .policy(change: 1, backDays: 0), .stickOut(box: 1), .stickAtCounty(box: 1), .dawn,
                .visitOnline(box: 2, person: 1, fen: 81_538, weather: []),
            ]),
        // The same, where the county had paid the visit afterwards.
        history(
            10_188, clinics: 4, after: 43,
            [
                .visit(box: 3, person: 2, fen: 26_013), .night(box: 3, server: 0, weather: []),
                .dawn, .policy(change: 1, backDays: 0), .night(box: 2, server: 0, weather: []),
                .dawn, .visitOnline(box: 0, person: 2, fen: 1_285, weather: []),
            ]),
        // And by two draws on one morning.
        history(
            10_559, clinics: 4, after: 38,
            [
                .dawn, .visit(box: 2, person: 9, fen: 29_061), .policy(change: 1, backDays: 0),
                .night(box: 2, server: 0, weather: []), .dawn,
                .visitOnline(box: 2, person: 9, fen: 2_632, weather: []),
                .visitOnline(box: 0, person: 9, fen: 4_767, weather: []),
            ]),
        // A county set back remembered that a right was closed and not what had been spent of it; that
        // was drawn once more.
        history(
            997, clinics: 3, servers: 2, after: 40,
            [
                .visitOnline(box: 0, person: 3, fen: 2_444, weather: []), .backup,
                .night(box: 0, server: 0, weather: []), .dawn, .pass(minutes: 2_880),
                .night(box: 0, server: 0, weather: []), .dawn, .restore(back: 0),
                .visitOnline(box: 1, person: 3, fen: 6_033, weather: []),
            ]),
        // The same, and it was booked to the person for a visit elsewhere.
        history(
            61_026, clinics: 3, after: 36,
            [
                .dawn, .backup, .dawn, .dawn, .visit(box: 0, person: 0, fen: 1_000), .dawn, .dawn,
                .pass(minutes: 4_320), .night(box: 0, server: 0, weather: []),
                .visit(box: 1, person: 0, fen: 60_847), .dawn, .restore(back: 2),
                .night(box: 1, server: 0, weather: []), .dawn,
            ]),
        // What a kiosk had read on a branch that was decided not to count was remembered, and not
        // when the caches were made again.
        history(
            63_106, clinics: 2, after: 37,
            [
                .dawn, .image(box: 0), .cutCounty(box: 0, at: 3, survival: 2),
                .night(box: 0, server: 0, weather: []), .setBack(box: 0),
                .visit(box: 0, person: 0, fen: 5_040), .night(box: 0, server: 0, weather: []),
                .decideForks(pattern: 0),
            ]),
        // Set back on an empty machine, and then once more: that rights were forgotten was itself
        // forgotten, and what a kiosk still held was booked to the person.
        history(
            64_058, clinics: 3, after: 39,
            [
                .visit(box: 1, person: 0, fen: 3_729), .backup,
                .night(box: 1, server: 0, weather: []), .dawn, .restore(back: 0, onEmpty: true),
                .restore(back: 1),
            ]),
        // A copied box had nothing to send to a county set back and signed for what that had lost:
        // the signature was kept, over an entry that is not there.
        history(
            61_004, clinics: 3, after: 42,
            [
                .image(box: 2), .visit(box: 2, person: 0, fen: 1_000), .backup,
                .night(box: 2, server: 0, weather: []), .clone(box: 2), .restore(back: 0),
                .setBack(box: 2), .dawn,
            ]),
        // A county set back gave a policy the number of one that it had forgotten; the other server
        // held that one, took it for the newer and priced by it.
        history(
            30_110, clinics: 3, servers: 2, after: 0,
            [
                .backup, .policy(change: 1, backDays: 0), .exchange, .dawn,
                .visit(box: 0, person: 0, fen: 86_545), .restore(back: 1),
                .policy(change: 2, backDays: 0),
            ]),
    ]

    private static func history(
        _ seed: UInt64, clinics: Int, servers: Int = 1, after days: Int, _ steps: [Step]
    ) -> History {
        var history = History(seed: seed, divided: .strict)
        (history.clinics, history.servers, history.startsAfterDays) = (clinics, servers, days)
        history.steps = steps
        return history
    }

    @Test func `what was found once is not found again`() async throws {
        let simulator = Simulator(template: try await Template(divided: .strict))
        for history in Self.histories {
            let outcome = try await simulator.run(history)
            #expect(outcome.findings == [], "\(history)")
            #expect(outcome.visits > 0)
        }
    }
}
