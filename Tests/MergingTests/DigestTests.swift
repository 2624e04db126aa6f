import Journaling
import Merging
import Syncing
import Testing
import Vocabulary

/// Two servers that hold the same have the same digest, and no others.
@Suite struct DigestTests {
    private func hash(_ text: String) -> Fingerprint { SyncingHash.of(Array(text.utf8)) }

    private func journal(
        _ name: String, through: Int = 3, head: String = "c", beyond: [Link] = []
    ) -> DigestedJournal {
        DigestedJournal(
            kiosk: KioskID(rawValue: name) ?? .nobody, through: through, head: hash(head),
            beyond: beyond)
    }

    @Test func `the order journals and branches come in is not in it`() {
        let links = ["x", "y"].map { Link(sequence: 4, hash: hash($0), previous: hash("c")) }
        let (one, other) = (journal("K0001", beyond: links), journal("K0002"))
        let turned = journal("K0001", beyond: links.reversed())
        #expect(ledgerDigest([one, other], sets: [:]) == ledgerDigest([other, turned], sets: [:]))
    }

    @Test func `whatever is held is in it`() {
        let link = Link(sequence: 4, hash: hash("x"), previous: hash("c"))
        let set = SetHash(of: [1])
        let all = [
            ledgerDigest([journal("K0001")], sets: [:]),
            ledgerDigest([journal("K0002")], sets: [:]),
            ledgerDigest([journal("K0001", through: 4)], sets: [:]),
            ledgerDigest([journal("K0001", head: "d")], sets: [:]),
            ledgerDigest([journal("K0001", beyond: [link])], sets: [:]),
            ledgerDigest([journal("K0001")], sets: ["years": set]),
            ledgerDigest([journal("K0001")], sets: ["others": set]),
            ledgerDigest([journal("K0001")], sets: ["years": set + set]),
        ]
        #expect(Set(all).count == all.count)
        // A set that was emptied is as if it had never been.
        #expect(ledgerDigest([journal("K0001")], sets: ["years": .empty]) == all[0])
    }
}
