import Journaling
import Merging
import SmallCounty
import Syncing
import Testing
import Vocabulary

/// Where a parcel goes and what a forked journal is, case by case.
@Suite struct BranchesTests {
    private func hash(_ text: String) -> Fingerprint { SyncingHash.of(Array(text.utf8)) }

    /// Links named by letters, each behind the one before; "a" is number 1.
    private func chain(_ names: [String], from sequence: Int = 1, after: String? = nil) -> [Link] {
        names.enumerated().map { place, name in
            let before = place == 0 ? after : names[place - 1]
            return Link(
                sequence: sequence + place, hash: hash(name),
                previous: before.map(hash) ?? .zero)
        }
    }

    private func branches(_ links: [Link]) -> Branches { Branches(links, after: (0, .zero)) }

    @Test func `a sound journal is all trunk`() {
        let found = branches(chain(["a", "b", "c"]).shuffled() + chain(["a"]))
        #expect(found.through == 3 && found.head == hash("c"))
        #expect(found.forkedAt == nil && found.beyond.isEmpty && found.starts.isEmpty)
    }

    @Test func `the trunk ends before the number that was said twice`() {
        let links = chain(["a", "b", "c"]) + chain(["x", "y"], from: 2, after: "a")
        let found = branches(links)
        #expect(found.through == 1 && found.head == hash("a") && found.forkedAt == 2)
        #expect(Set(found.beyond.map(\.hash)) == Set(["b", "c", "x", "y"].map(hash)))
        #expect(found.beyond.map(\.sequence) == [2, 2, 3, 3])
        #expect(Set(found.starts.map(\.hash)) == [hash("b"), hash("x")])
        #expect(found.runs()[hash("c")] == hash("b") && found.runs()[hash("y")] == hash("x"))
    }

    @Test func `what lies beyond the trunk is in order of number and hash`() {
        let names = (0..<12).map { "x\($0)" }
        let links =
            chain(["a"]) + names.flatMap { chain([$0, $0 + "'"], from: 2, after: "a") }
        let found = branches(links.shuffled()).beyond
        #expect(
            found.map(\.sequence) == Array(repeating: 2, count: 12) + Array(repeating: 3, count: 12)
        )
        #expect(found.prefix(12).map(\.hash) == names.map(hash).sorted())
        #expect(found.suffix(12).map(\.hash) == names.map { hash($0 + "'") }.sorted())
    }

    @Test func `what follows another predecessor is not the trunk`() {
        let found = branches(chain(["a"]) + chain(["z"], from: 2, after: "unknown"))
        #expect(found.through == 1 && found.forkedAt == 2)
        #expect(found.starts.map(\.hash) == [hash("z")])
    }

    @Test func `a second fork further on has starts of its own`() {
        let links =
            chain(["a", "b", "c"]) + chain(["x"], from: 2, after: "a")
            + chain(["d"], from: 3, after: "b") + chain(["lost"], from: 9, after: "nobody")
        let starts = Set(branches(links).starts.map(\.hash))
        #expect(starts == Set(["b", "x", "c", "d", "lost"].map(hash)))
    }

    @Test func `what counts, is held and is left follows the branch it grew from`() {
        let links =
            chain(["a", "b", "c", "e"]) + chain(["x", "y"], from: 2, after: "a")
            + chain(["d"], from: 3, after: "b")
        let found = branches(links)
        func standing(_ decided: [String: Bool]) -> [String: Branches.Standing] {
            let byHash = Dictionary(uniqueKeysWithValues: decided.map { (hash($0), $1) })
            let standings = found.standings(byHash)
            return Dictionary(
                uniqueKeysWithValues: ["b", "c", "d", "e", "x", "y"].compactMap { name in
                    standings[hash(name)].map { (name, $0) }
                })
        }
        #expect(standing([:]).values.allSatisfy { $0 == .held })
        let some = standing(["b": true, "c": true, "x": false])
        #expect(
            some == ["b": .counts, "c": .counts, "e": .counts, "d": .held, "x": .left, "y": .left])
        // Nothing counts that grew from what was left, decided or not.
        let left = standing(["b": false, "c": true])
        #expect(left["c"] == .left && left["d"] == .left && left["e"] == .left)
        // Nor does more than is held grow from what is held.
        #expect(standing(["c": true])["c"] == .held)
    }

    private func decision(
        _ sequence: Int, by: String, counts: [String], leaves: [String] = [], confirms: Int? = nil
    ) -> StoredDecision {
        StoredDecision(
            office: KioskID(rawValue: "C0001") ?? .nobody, sequence: sequence, by: by,
            counts: counts.map(hash), leaves: leaves.map(hash), confirms: confirms)
    }

    @Test func `a decision needs two people who say the same`() {
        let proposal = decision(1, by: "A", counts: ["b"], leaves: ["x"])
        let wanted = [hash("b"): true, hash("x"): false]
        #expect(effect(of: [proposal]).isEmpty)
        let same = decision(2, by: "A", counts: ["b"], leaves: ["x"], confirms: 1)
        #expect(effect(of: [proposal, same]).isEmpty)
        let more = decision(2, by: "B", counts: ["b", "c"], leaves: ["x"], confirms: 1)
        #expect(effect(of: [proposal, more]).isEmpty)
        let fewer = decision(2, by: "B", counts: ["b"], confirms: 1)
        #expect(effect(of: [proposal, fewer]).isEmpty)
        let second = decision(2, by: "B", counts: ["b"], leaves: ["x"], confirms: 1)
        #expect(effect(of: [second, proposal]) == wanted)
        let later = [
            decision(3, by: "A", counts: ["x"], leaves: ["b"]),
            decision(4, by: "B", counts: ["x"], leaves: ["b"], confirms: 3),
        ]
        #expect(effect(of: later + [second, proposal]) == [hash("b"): false, hash("x"): true])
    }
}
