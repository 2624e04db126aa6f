import Foundation
import Synchronization
import Testing

@testable import SyncServer

/// What is worked on by everybody comes back in order, or with its first error, or not at all.
@Suite struct WorkInHandTests {
    private struct Refused: Error, Equatable { let item: Int }

    @Test(arguments: [0, 1, 2, 17, 1_000])
    func `results stand in the order of the items`(count: Int) throws {
        #expect(try WorkInHand(Array(0..<count)) { $0 * 2 }.results() == (0..<count).map { $0 * 2 })
    }

    @Test func `an error ends the work and is told`() throws {
        let work = WorkInHand(Array(0..<1_000)) { item in
            guard item < 500 else { throw Refused(item: item) }
            return item
        }
        let told = #expect(throws: Refused.self) { try work.results() }
        #expect((told?.item ?? 0) >= 500)
    }

    @Test func `what is abandoned begins nothing more`() throws {
        let begun = Mutex(0)
        let work = WorkInHand(Array(0..<1_000)) { _ in
            begun.withLock { $0 += 1 }
            Thread.sleep(forTimeInterval: 0.001)
        }
        work.abandon()
        let until = begun.withLock { $0 }
        Thread.sleep(forTimeInterval: 0.05)
        #expect(begun.withLock { $0 } == until)
        #expect(until < 1_000)
    }
}
