import Journaling
import Vocabulary

/// What one sending achieved.
public struct SendReport: Sendable, Hashable, Codable {
    public var parcels = 0
    public var entries = 0
    /// Compressed bytes sent and received.
    public var bytes = 0
    public var acknowledgedThrough = 0

    /// Two sendings of one night as one.
    public static func += (report: inout SendReport, next: SendReport) {
        report.parcels += next.parcels
        report.entries += next.entries
        report.bytes += next.bytes
        report.acknowledgedThrough = next.acknowledgedThrough
    }
}

/// Sends what the county has not signed for, parcel by parcel, until it has signed for all.
///
/// Sending again after any interruption is harmless; a county restored from a backup acknowledges
/// less than before, and the loop goes back to there.
public func sendJournal(
    _ journal: Journal, key: DeviceKey, trust: Trust, clock: Clock, carrier: Carrier
) async throws -> SendReport {
    var report = SendReport()
    var through = try journal.read { try $0.acknowledged().through }
    let checkpoint = try journal.checkpoint(at: clock.now(), key: key)
    while true {
        let parcel = try nextParcel(of: journal, after: through, upTo: checkpoint, key: key)
        let packed = try parcel.packed()
        let answer = try await carrier.send(packed)
        let acknowledgement = try Acknowledgement(bytes: answer, for: journal.kiosk, trust: trust)
        try accept(acknowledgement, statement: answer, in: journal)

        report.parcels += 1
        report.entries += parcel.entries.count
        report.bytes += packed.count + answer.count
        report.acknowledgedThrough = acknowledgement.through
        let stuck = acknowledgement.through == through
        through = acknowledgement.through
        if through >= checkpoint.sequence || stuck { return report }
    }
}

/// The next parcel; empty but signed when all is sent, which tells the county the kiosk is alive.
public func nextParcel(
    of journal: Journal, after through: Int, upTo checkpoint: Checkpoint, key: DeviceKey
) throws -> Parcel {
    try journal.read { reader in
        let entries = fitting(
            try reader.entries(after: through, limit: Parcel.mostEntries)
                .filter { $0.header.sequence <= checkpoint.sequence })
        guard let previous = try reader.hash(at: through) else {
            throw SyncFault.countyKnowsMore(through: through, here: checkpoint.sequence)
        }
        guard let last = entries.last, last.header.sequence < checkpoint.sequence else {
            return Parcel(
                kiosk: journal.kiosk, previous: previous, entries: entries, checkpoint: checkpoint)
        }
        let partial = try Checkpoint(
            kiosk: journal.kiosk, sequence: last.header.sequence, head: last.hash,
            at: checkpoint.at, key: key)
        return Parcel(
            kiosk: journal.kiosk, previous: previous, entries: entries, checkpoint: partial)
    }
}

/// As many as make one parcel of the usual size, and at least one.
private func fitting(_ entries: [Entry]) -> [Entry] {
    var bytes = 0
    let count =
        entries.firstIndex { entry in
            bytes += entry.bytes.count + 1
            return bytes > Parcel.usualBytes
        } ?? entries.count
    return Array(entries.prefix(max(1, count)))
}

/// Compares a verified acknowledgement with the journal and keeps it.
public func accept(
    _ acknowledgement: Acknowledgement, statement: [UInt8], in journal: Journal
) throws {
    let through = acknowledgement.through
    let (head, hash) = try journal.read { (try $0.head(), try $0.hash(at: through)) }
    guard let hash else {
        throw SyncFault.countyKnowsMore(through: through, here: head.sequence)
    }
    guard hash == acknowledgement.head else { throw SyncFault.headDiffers(at: through) }
    try journal.keep(acknowledgement: statement, through: through)
}
