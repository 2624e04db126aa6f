import Pricing
import SmallCounty
import Vocabulary

@testable import Allotting

let limit = Counter(.paid, "outpatient")

let owner: PersonNumber = {
    guard let number = PersonNumber(rawValue: "410001") else { preconditionFailure("a number") }
    return number
}()

/// A device with a journal of its own and the clock it has.
struct Device {
    enum Event: Hashable {
        case spent([Taking.Part])
        /// What the fund did not pay here, to follow after the merge.
        case claimed(Int)
        case released(String)
        case nothing
    }

    let id: KioskID
    /// Where its entries stand; a copied device writes on under its own name for the test's sake.
    var journal: [(event: Event, at: Instant)] = []
    var rights: Set<Right> = []
    /// How far its clock is off, and how far it believes to be off at most; milliseconds.
    var ahead = 0
    var bound = 0

    func now(_ truth: Instant) -> Instant {
        max(
            Instant(milliseconds: truth.milliseconds + ahead),
            journal.last?.at ?? Instant(milliseconds: 0))
    }

    mutating func write(_ event: Event, _ truth: Instant) {
        journal.append((event, now(truth)))
    }

    func spendings(through: Int? = nil) -> [Spending] {
        journal.prefix(through ?? journal.count).enumerated().flatMap { place, entry in
            guard case .spent(let parts) = entry.event else { return [Spending]() }
            return parts.map {
                Spending(right: $0.right, amount: $0.amount, holder: id, sequence: place + 1)
            }
        }
    }

    func closings(through: Int? = nil) -> [Closing] {
        journal.prefix(through ?? journal.count).enumerated().compactMap { place, entry in
            guard case .released(let right) = entry.event else { return nil }
            return Closing(right: right, holder: id, through: place + 1)
        }
    }

    func claims(through: Int) -> Int {
        journal.prefix(through).reduce(0) { sum, entry in
            if case .claimed(let amount) = entry.event { sum + amount } else { sum }
        }
    }

    func holdings(_ truth: Instant, floor: Int = 0) -> Holdings {
        Holdings(
            of: id, rights, spent: spendings(), closed: closings(), limits: [limit],
            floors: [limit: floor], on: truth.day,
            latest: Clocks.latest(now(truth), bound: bound, written: journal.last?.at))
    }

    /// A visit that would cost the fund so much.
    mutating func visit(_ due: Int, _ truth: Instant) {
        let held = holdings(truth)
        let paid = min(due, held.held[limit] ?? 0)
        guard let taking = held.take([limit: paid]) else { return }
        if !taking.parts.isEmpty { write(.spent(taking.parts), truth) }
        if due > paid { write(.claimed(due - paid), truth) }
    }
}

/// One person's limit, the county and some devices, in random steps.
struct History {
    let whole: Int
    var devices: [Device]
    var truth: Instant
    var granted: [Right] = []
    var closings: [Closing] = []
    /// How much of each device's journal the county holds.
    var merged: [Int]
    /// Paid by the county for visits that no right was held for.
    var followed = 0
    var answers: [String: Right] = [:]
    var serial = 0
    /// A device that was copied is given nothing more.
    var copied: Int?

    init(_ random: inout SeededNumbers) {
        whole = 1 + random.next(below: 20_000)
        let count = 1 + random.next(below: 5)
        devices = (0..<count).map { Device(id: KioskID(rawValue: "K000\($0)") ?? .nobody) }
        merged = Array(repeating: 0, count: count)
        truth = Instant(startOf: Day(year: 2027, month: 2, day: 1) ?? Day(number: 0))
    }

    var fold: RightsFold {
        RightsFold(
            granted: granted,
            spent: devices.indices.flatMap { devices[$0].spendings(through: merged[$0]) },
            closed: closings
                + devices.indices.flatMap { devices[$0].closings(through: merged[$0]) })
    }

    var division: Division {
        let fold = fold
        return Division(
            limit: whole, used: (fold.spent[limit] ?? 0) + followed,
            outstanding: fold.outstanding[limit] ?? 0)
    }

    /// What the fund has really paid, known to the county or not.
    var paid: Int {
        devices.flatMap { $0.spendings() }.reduce(0) { $0 + $1.amount } + followed
    }

    mutating func step(_ random: inout SeededNumbers) {
        let place = random.next(below: devices.count)
        switch random.next(below: 12) {
        case 0, 1, 2: devices[place].visit(1 + random.next(below: 6_000), truth)
        case 3: sync(place)
        case 4: refill(home: random.next(below: devices.count), &random)
        case 5: deliver(place)
        case 6:
            draw(place, wanted: 1 + random.next(below: 6_000), isLost: random.next(below: 3) == 0)
        case 7: release(place, &random)
        case 8: reclaim()
        case 9: follow()
        case 10: truth = truth.adding(seconds: random.next(below: 40 * 86_400))
        default: shift(place, &random)
        }
    }

    mutating func sync(_ place: Int) {
        devices[place].write(.nothing, truth)
        merged[place] = devices[place].journal.count
    }

    /// The home may be another one every time: somebody moves, and the rights of the old home stay
    /// outstanding until they come back.
    mutating func refill(home: Int, _ random: inout SeededNumbers) {
        guard home != copied else { return }
        let kept = Share(millionths: 100_000 * random.next(below: 6))
        let held = fold.states.filter { $0.holder == devices[home].id }.reduce(0) { $0 + $1.left }
        let amount = division.refill(
            kept: kept, below: Share(millionths: 500_000), home: held)
        if amount > 0 { _ = grant(amount, to: home, days: 20 + random.next(below: 60)) }
    }

    mutating func grant(_ amount: Int, to place: Int, days: Int) -> Right {
        serial += 1
        let right = Right(
            id: "r\(serial)", holder: devices[place].id, owner: owner, year: truth.day.year,
            limit: limit, amount: amount, expires: truth.adding(seconds: days * 86_400))
        granted.append(right)
        return right
    }

    mutating func deliver(_ place: Int) {
        devices[place].rights.formUnion(granted.filter { $0.holder == devices[place].id })
    }

    /// The same question until an answer has come.
    mutating func draw(_ place: Int, wanted: Int, isLost: Bool) {
        guard place != copied else { return }
        let name = "\(devices[place].id) \(devices[place].journal.count) \(wanted)"
        if answers[name] == nil, case let amount = division.grant(wanted), amount > 0 {
            answers[name] = grant(amount, to: place, days: 3)
        }
        if !isLost, let right = answers[name] { devices[place].rights.insert(right) }
    }

    mutating func release(_ place: Int, _ random: inout SeededNumbers) {
        let held = devices[place].rights.sorted { $0.id < $1.id }
        guard let right = held.randomElement(using: &random) else { return }
        devices[place].write(.released(right.id), truth)
    }

    mutating func reclaim() {
        for state in fold.states where !state.isClosed {
            guard let place = devices.firstIndex(where: { $0.id == state.holder }),
                merged[place] > 0
            else { continue }
            let heard = devices[place].journal[merged[place] - 1].at
            if Clocks.countyMayReclaim(state.expires, earliest: truth, heard: heard) {
                closings.append(
                    Closing(right: state.id, holder: state.holder, through: merged[place]))
            }
        }
    }

    /// After the merge the county pays what followed, out of its own reserve alone.
    mutating func follow() {
        let claimed = devices.indices.reduce(0) { $0 + devices[$1].claims(through: merged[$1]) }
        followed += division.grant(claimed - followed)
    }

    /// The clock goes wrong by no more than the device allows for, or by more.
    private mutating func shift(_ place: Int, _ random: inout SeededNumbers) {
        devices[place].ahead = random.next(below: 200 * 86_400_000) - 100 * 86_400_000
        devices[place].bound = random.next(below: 3) == 0 ? 0 : abs(devices[place].ahead)
    }
}
