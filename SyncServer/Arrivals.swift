import Journaling
import Merging
import Syncing
import Vocabulary

/// Parcels as they come in from many kiosks at once.
///
/// What arrives while others are being stored goes with the next transaction, all of it together;
/// meanwhile its chains and signatures are checked. A kiosk gets its acknowledgement as soon as its
/// entries are durable, and what waits to be folded is folded when nothing waits to be stored.
actor Arrivals {
    private let office: Office
    private let foldingAtOnce: Bool
    private var waiting: [Waiting] = []
    private var isAtWork = false

    /// So many parcels are unpacked at once: a few tens of megabytes at the usual size.
    static let mostAtOnce = 64
    /// A backlog this long is folded first even while more arrives.
    static let mostBehind = 500_000

    private struct Waiting: Sendable {
        let packed: [UInt8]
        let answer: CheckedContinuation<[UInt8], any Error>
    }

    private struct Checked: Sendable {
        let parcel: SignedParcel
        let answer: CheckedContinuation<[UInt8], any Error>
    }

    /// - Parameter foldingAtOnce: whether what was stored is folded as soon as nothing waits; where
    ///   it is not, somebody else folds it later.
    init(office: Office, foldingAtOnce: Bool = true) {
        self.office = office
        self.foldingAtOnce = foldingAtOnce
    }

    /// - Returns: the county's signature over what is now stored.
    func receive(_ packed: [UInt8]) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { answer in
            waiting.append(Waiting(packed: packed, answer: answer))
            guard !isAtWork else { return }
            isAtWork = true
            Task { await work() }
        }
    }

    private func work() async {
        var storing: Task<Void, Never>?
        while true {
            let group = Array(waiting.prefix(Arrivals.mostAtOnce))
            waiting.removeFirst(group.count)
            if group.isEmpty {
                await storing?.value
                storing = nil
                if waiting.isEmpty { break }
                continue
            }
            let checked = await check(group)
            await storing?.value
            let isLast = waiting.isEmpty && foldingAtOnce
            storing = Task { await store(checked, isLast: isLast) }
        }
        isAtWork = false
    }

    nonisolated private func check(_ group: [Waiting]) async -> [Checked] {
        let results =
            (try? onEveryCore(group) { [office] one in Result { try office.verified(one.packed) } })
        return zip(group, results ?? []).compactMap { one, result in
            switch result {
            case .success(let parcel): return Checked(parcel: parcel, answer: one.answer)
            case .failure(let error):
                one.answer.resume(throwing: error)
                return nil
            }
        }
    }

    nonisolated private func store(_ group: [Checked], isLast: Bool) async {
        let answers: [Result<[UInt8], any Error>]
        do { answers = try await office.receive(group.map(\.parcel), foldingAll: isLast) } catch {
            for one in group { one.answer.resume(throwing: error) }
            return
        }
        for (one, answer) in zip(group, answers) { one.answer.resume(with: answer) }
    }
}

extension Office {
    /// Stores parcels of many kiosks and signs for them.
    ///
    /// - Parameter foldingAll: nothing else waits, so the ledger is brought up to date before the
    ///   answer, which then names all that was set aside.
    func receive(
        _ parcels: [SignedParcel], foldingAll: Bool
    ) throws -> [Result<[UInt8], any Error>] {
        let kept = try keep(parcels)
        let behind = try store.read { try $0.backlog() }.reduce(0) { $0 + $1.count }
        if foldingAll || behind > Arrivals.mostBehind { try foldBacklog() }
        let aside = try store.read { session in
            try kept.map { try $0.success.map { try session.setAside(of: $0.kiosk) } ?? [] }
        }
        return zip(kept, aside).map { journal, aside in
            switch journal {
            case .failure(let fault): return .failure(fault)
            case .success(let journal): return Result { try answer(journal, aside) }
            }
        }
    }
}

extension Result {
    fileprivate var success: Success? { try? get() }
}
