/// A township of the invented county.
public struct Township: Hashable, Sendable {
    /// Nine-digit division code.
    public let division: String
    public let name: String
    public let villages: [Village]

    public var population: Int { villages.reduce(0) { $0 + $1.population } }
}

/// A village with its one clinic.
public struct Village: Hashable, Sendable {
    /// 1…250, in the order of the clinics' codes.
    public let number: Int
    public let name: String
    public let township: String
    /// Position in the township, 1…17; part of the household numbers.
    public let place: Int
    public let population: Int

    var groups: Int { max(4, population / 190) }

    /// "1010010001": township, village and a running number.
    func householdNumber(_ serial: Int) -> String {
        township.suffix(3) + digits(place, 3) + digits(serial, 4)
    }
}

/// The fixed numbers of the invented county 青溪县.
public enum Figures {
    /// An invented division code; no real county has it.
    public static let county = "419925"
    public static let countyName = "青溪县"
    public static let insured = 400_000
    public static let insuredInFirstTownship = 27_000
    public static let insuredInFirstVillage = 1_700
    public static let clinics = 250
    /// The cast has fixed days of birth, so the roll cannot be made for just any year.
    public static let years = 2020...2060
}

func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}

/// Splits people over places by weight; the parts add up to `total` exactly.
func split(_ total: Int, by weights: [Int]) -> [Int] {
    let sum = weights.reduce(0, +)
    var (done, weightDone) = (0, 0)
    return weights.map { weight in
        weightDone += weight
        let upTo = total * weightDone / sum
        defer { done = upTo }
        return upTo - done
    }
}

/// Lays out townships and villages with their populations.
func layOut(_ names: NameBook, _ chance: inout SeededGenerator) -> [Township] {
    let places = split(
        Figures.clinics - 17, by: Array(repeating: 1, count: names.townships.count - 1))
    let weights = places.map { $0 * chance.within(85...115) }
    let people = split(Figures.insured - Figures.insuredInFirstTownship, by: weights)
    var (villages, next) = (names.villages[...], 1)
    return zip(names.townships, zip([17] + places, [Figures.insuredInFirstTownship] + people))
        .map { township, size in
            let sizes = villageSizes(size.1, villages: size.0, first: next == 1, &chance)
            let list = zip(villages, sizes).enumerated().map { index, pair in
                Village(
                    number: next + index, name: pair.0.text, township: township.division,
                    place: index + 1, population: pair.1)
            }
            villages.removeFirst(list.count)
            next += list.count
            return Township(
                division: township.division, name: township.name.text, villages: list)
        }
}

/// The village of the cast keeps its size whatever the seed.
private func villageSizes(
    _ people: Int, villages: Int, first: Bool, _ chance: inout SeededGenerator
) -> [Int] {
    let fixed = first ? [Figures.insuredInFirstVillage] : []
    let weights = (fixed.count..<villages).map { _ in chance.within(55...145) }
    return fixed + split(people - fixed.reduce(0, +), by: weights)
}
