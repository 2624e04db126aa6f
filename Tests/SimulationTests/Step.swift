/// One thing that happens in a simulated county: plain data, so that a history can be kept, replayed,
/// shortened and read.
///
/// Boxes are counted modulo how many there are by then, and what makes no sense by then (a stick
/// nobody wrote) does nothing, so that a history stays one when steps are taken out of it.
enum Step: Hashable, Sendable, Codable {
    /// Time goes on for everybody.
    case pass(minutes: Int)
    /// The county's small hours (adjustments, roll and standing), then eight in the morning.
    case dawn
    case visit(box: Int, person: Int, fen: Int)
    /// The county is asked for rights before.
    case visitOnline(box: Int, person: Int, fen: Int, weather: [Weather])
    /// A person's home is another clinic's village from now on.
    case move(person: Int, clinic: Int)
    /// The last visit of the box, or receipt of the desk, is taken back.
    case takeBack(box: Int)
    case collect(desk: Int, person: Int)
    case closeDay(box: Int)
    /// Send and read bulletins; what happens to the first messages, one by one, then all is clear.
    case night(box: Int, server: Int, weather: [Weather])
    /// Parcels that the line kept arrive after all, the last first.
    case lateArrivals
    case stickOut(box: Int)
    case stickAtCounty(box: Int)
    case stickHome(box: Int)
    /// The two servers of a county hand each other everything they hold.
    case exchange
    case policy(change: Int, backDays: Int)
    case closeMonth
    case decideForks(pattern: Int)
    case backup
    /// The county's database is lost, or its whole machine; a backup takes its place.
    case restore(back: Int, onEmpty: Bool = false)
    case rebuildCounty
    /// The power goes at a write of a box that is settling, or sending.
    case cutBox(box: Int, at: Int, sending: Bool, survival: Int)
    /// The power goes at a write of the county while it merges what a box sends.
    case cutCounty(box: Int, at: Int, survival: Int)
    case restart(box: Int)
    /// Somebody sets the wall clock.
    case clock(box: Int, minutes: Int)
    /// The disk is copied; both copies are used from here on.
    case clone(box: Int)
    case image(box: Int)
    case setBack(box: Int)
    case loseJournal(box: Int)
    case hostile(box: Int, attack: Attack)
    /// A registered device signs something that cannot be merged.
    case rogue(deed: RogueDeed)
}

/// What becomes of one message between a box and the county.
enum Weather: String, Hashable, Sendable, Codable, CaseIterable {
    case clear
    /// It never arrives.
    case lost
    /// It arrives, its answer does not.
    case answerLost
    case twice
    /// It arrives cut off, or with one byte changed.
    case cut, altered
    /// It arrives when ``Step/lateArrivals`` says so.
    case late
    /// Something sent earlier arrives once more before it.
    case stale
    /// Somebody else answers, signing with a key of his own, or shows an old answer.
    case forgedAnswer, oldAnswer
}

/// Parcels made by somebody who listens and has no device's key.
enum Attack: String, Hashable, Sendable, Codable, CaseIterable {
    case garbage, cut, strangerSigned, otherName, entryChanged, entryLeftOut, hugeNumber
}

/// What a device with a good key and bad intentions, or bad memory, may sign.
enum RogueDeed: String, Hashable, Sendable, Codable, CaseIterable {
    case unreadable, fromTheFuture, unbalanced, voidOfNothing, countysBusiness, sound
}

/// How the yearly limit of a simulated county is divided, see `common/allotment/mode`.
enum Divided: String, Hashable, Sendable, Codable, CaseIterable {
    case optimistic, strict, floor

    var isDivided: Bool { self != .optimistic }
}

/// A county and what happens in it.
struct History: Hashable, Sendable, Codable {
    var seed: UInt64
    /// How limits are divided; absent where rules of rights are left out.
    var divided: Divided?
    var clinics = 3
    var desks = 1
    var servers = 1
    /// After the demo county's day; the year may turn within a history.
    var startsAfterDays = 0
    /// Whether the auditor looks at the whole county after every step or after every day.
    var looksOften = true
    var steps: [Step] = []

    /// A line a step, the way a person reads it.
    var told: String {
        let head =
            "seed \(seed): \(clinics) clinics, \(desks) desks, \(servers) server(s), "
            + "\(steps.count) steps"
        return ([head] + steps.enumerated().map { "  \($0 + 1). \($1)" }).joined(separator: "\n")
    }

    /// How many days boxes were at work in it.
    var kioskDays: Int {
        steps.reduce(into: (days: 0, boxes: clinics + desks)) { sum, step in
            switch step {
            case .dawn: sum.days += sum.boxes
            case .clone: sum.boxes += 1
            default: break
            }
        }.days
    }
}
