import Dispatch
import Foundation
import Synchronization

/// The same done to every item, on the other cores at once and on this one as soon as its owner asks
/// for the results: whoever would wait works.
///
/// The results are in the order of the items.
final class WorkInHand<Item: Sendable, Output: Sendable>: Sendable {
    private let pieces: [ArraySlice<Item>]
    private let work: @Sendable (Item) throws -> Output
    private let progress: Mutex<Progress>
    /// Pieces that somebody has begun; a helper that comes late finds none and is not waited for.
    private let begun = DispatchGroup()

    private struct Progress {
        var taken = 0
        var done: [[Output]]
        var failure: (any Error)?
    }

    init(_ items: [Item], _ work: @escaping @Sendable (Item) throws -> Output) {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        // Small pieces, so that no core waits long for the last of another.
        let size = max(1, items.count / (cores * 8))
        pieces = stride(from: 0, to: items.count, by: size).map {
            items[$0..<min($0 + size, items.count)]
        }
        self.work = work
        progress = Mutex(Progress(done: Array(repeating: [], count: pieces.count)))
        for _ in 1..<max(1, min(cores, pieces.count)) {
            DispatchQueue.global().async { self.help() }
        }
    }

    /// - Throws: the first error of the work; no further piece is begun then.
    func results() throws -> [Output] {
        help()
        begun.wait()
        return try progress.withLock { progress in
            if let failure = progress.failure { throw failure }
            return Array(progress.done.joined())
        }
    }

    /// Begins no further piece, and returns when nothing of it runs any more.
    func abandon() {
        progress.withLock { $0.taken = pieces.count }
        begun.wait()
    }

    private func help() {
        while let place = next() {
            let results = Result { try pieces[place].map(work) }
            progress.withLock { progress in
                switch results {
                case .success(let results): progress.done[place] = results
                case .failure(let error): progress.failure = progress.failure ?? error
                }
            }
            begun.leave()
        }
    }

    /// The place of a piece nobody has begun.
    private func next() -> Int? {
        progress.withLock { progress in
            guard progress.failure == nil, progress.taken < pieces.count else { return nil }
            begun.enter()
            progress.taken += 1
            return progress.taken - 1
        }
    }
}

/// Does the same to every item, on every core; the results are in the order of the items.
func onEveryCore<Item: Sendable, Output: Sendable>(
    _ items: [Item], _ work: @escaping @Sendable (Item) throws -> Output
) throws -> [Output] {
    try WorkInHand(items, work).results()
}
