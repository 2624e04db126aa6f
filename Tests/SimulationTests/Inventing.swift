import SmallCounty

/// Makes a history from a seed; nothing that happens later draws from it.
struct Inventing {
    private var random: SeededNumbers
    private var history: History
    private let days: Int
    /// How often something out of the ordinary happens on a day, in percent.
    private let trouble: Int

    /// - Parameters:
    ///   - days: how long it takes.
    ///   - clinics: boxes in clinics; by default two to four.
    ///   - trouble: percent of days with each kind of trouble; by default by the seed.
    ///   - divided: how limits are divided; such a county sees the turn of the year.
    static func history(
        _ seed: UInt64, days: Int, clinics: Int? = nil, trouble: Int? = nil,
        divided: Divided? = nil
    ) -> History {
        var inventing = Inventing(seed, days, clinics, trouble)
        if let divided {
            inventing.history.divided = divided
            inventing.history.startsAfterDays = 36 + inventing.draw(8)
        }
        for _ in 0..<days { inventing.day() }
        return inventing.history
    }

    private init(_ seed: UInt64, _ days: Int, _ clinics: Int?, _ trouble: Int?) {
        var random = SeededNumbers(seed: seed)
        history = History(seed: seed)
        history.clinics = clinics ?? 2 + random.next(below: 3)
        history.desks = 1 + (history.clinics / 8)
        history.servers = random.next(below: 3) == 0 ? 2 : 1
        history.startsAfterDays = random.next(below: 40)
        self.trouble = trouble ?? [5, 15, 40][random.next(below: 3)]
        self.random = random
        self.days = days
    }

    private mutating func draw(_ bound: Int) -> Int { random.next(below: bound) }
    private mutating func chance(_ percent: Int) -> Bool { draw(100) < percent }
    private mutating func box() -> Int { draw(history.clinics + history.desks) }
    private mutating func clinic() -> Int { draw(history.clinics) }

    private mutating func day() {
        var steps: [Step] = []
        for box in 0..<history.clinics {
            for _ in 0..<draw(4) { steps.append(visit(box)) }
            if chance(15) { steps.append(.takeBack(box: box)) }
            if chance(30) { steps.append(.closeDay(box: box)) }
        }
        for desk in 0..<history.desks {
            for _ in 0..<draw(3) { steps.append(.collect(desk: desk, person: draw(64))) }
            if chance(10) { steps.append(.takeBack(box: history.clinics + desk)) }
        }
        steps.shuffle(using: &random)
        for _ in 0..<4 {
            steps.insert(.pass(minutes: 1 + draw(120)), at: draw(steps.count + 1))
        }
        for step in troubles() { steps.insert(step, at: draw(steps.count + 1)) }
        steps += evening()
        if chance(10) { steps.append(.lateArrivals) }
        if history.servers > 1, chance(50) { steps.append(.exchange) }
        history.steps += steps + [.dawn]
    }

    /// Mostly small bills; now and then one that reaches for the year's limit.
    private mutating func visit(_ box: Int) -> Step {
        let fen = chance(20) ? 20_000 + draw(70_000) : 300 + draw(9_000)
        guard history.divided != nil, chance(30) else {
            return .visit(box: box, person: draw(10), fen: fen)
        }
        return .visitOnline(box: box, person: draw(10), fen: fen, weather: weather())
    }

    private mutating func weather() -> [Weather] {
        guard chance(trouble) else { return [] }
        return (0...draw(4)).map { _ in Weather.allCases[draw(Weather.allCases.count)] }
    }

    /// Most boxes sync most evenings, in any order, one in eight over a stick.
    private mutating func evening() -> [Step] {
        var steps: [Step] = []
        let boxes = Array(0..<(history.clinics + history.desks)).shuffled(using: &random)
        for box in boxes {
            if chance(12) {
                steps.append(.stickOut(box: box))
                if chance(85) { steps.append(.stickAtCounty(box: box)) }
                if chance(85) { steps.append(.stickHome(box: box)) }
            } else if chance(80) {
                steps.append(night(box))
            }
            if chance(10) { steps.append(.pass(minutes: 1 + draw(30))) }
        }
        return steps
    }

    private mutating func night(_ box: Int) -> Step {
        let weather = weather()
        return .night(box: box, server: draw(history.servers), weather: weather)
    }

    private mutating func troubles() -> [Step] {
        var steps: [Step] = []
        if chance(trouble) {
            steps.append(.policy(change: draw(3), backDays: chance(40) ? draw(20) : 0))
        }
        if chance(trouble) { steps.append(.backup) }
        if chance(trouble / 2) {
            steps.append(.restore(back: draw(3), onEmpty: chance(50)))
        }
        if chance(trouble) { steps.append(.restart(box: box())) }
        if chance(trouble) {
            steps.append(
                .cutBox(box: box(), at: 1 + draw(60), sending: chance(40), survival: draw(3)))
        }
        if chance(trouble / 2) {
            steps.append(.cutCounty(box: box(), at: 1 + draw(60), survival: draw(3)))
        }
        if chance(trouble) { steps.append(.hostile(box: box(), attack: any())) }
        if chance(trouble) { steps.append(.rogue(deed: any())) }
        if chance(trouble) {
            steps.append(.clock(box: box(), minutes: [-3_000, -45, 30, 2_000, 40_000][draw(5)]))
        }
        if chance(20) { steps.append(.closeMonth) }
        if chance(5) { steps.append(.rebuildCounty) }
        if history.divided != nil {
            if chance(trouble) { steps.append(.move(person: draw(10), clinic: draw(4))) }
            // Snowed in: rights come to their end.
            if chance(10) { steps.append(.pass(minutes: 1_440 * (1 + draw(7)))) }
        }
        return steps + copies()
    }

    /// Rarer: what makes one journal say two things.
    private mutating func copies() -> [Step] {
        var steps: [Step] = []
        if chance(trouble / 4) { steps.append(.clone(box: clinic())) }
        if chance(trouble / 4) { steps.append(.image(box: box())) }
        if chance(trouble / 4) { steps.append(.setBack(box: box())) }
        if chance(trouble / 5) { steps.append(.loseJournal(box: box())) }
        if chance(trouble / 3) { steps.append(.decideForks(pattern: draw(16))) }
        return steps
    }

    private mutating func any<Kind: CaseIterable>() -> Kind where Kind.AllCases == [Kind] {
        Kind.allCases[draw(Kind.allCases.count)]
    }
}
