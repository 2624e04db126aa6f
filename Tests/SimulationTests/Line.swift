import Foundation
import Journaling
import SmallCounty
import Syncing
import Vocabulary

@testable import SyncServer

/// The line failed; what a network tells a box.
struct LineDown: Error {}

/// What lies between one box and the county for one night: the weather of its messages, and a record
/// of what the county really answered.
final class Line: @unchecked Sendable {
    struct Letter: Sendable {
        let bytes: [UInt8]
        let server: Int
    }

    private let lock = NSLock()
    private var weather: [Weather]
    private var last: [UInt8]?
    private(set) var answers: [[UInt8]] = []
    private(set) var late: [Letter] = []
    private(set) var sent: [[UInt8]] = []
    private let server: Int
    private let stale: [UInt8]?
    private let oldAnswer: [UInt8]?
    private let stranger: DeviceKey

    init(
        _ weather: [Weather], server: Int, stale: [UInt8]?, oldAnswer: [UInt8]?,
        stranger: DeviceKey
    ) {
        self.weather = weather.reversed()
        self.server = server
        self.stale = stale
        self.oldAnswer = oldAnswer
        self.stranger = stranger
    }

    private func next() -> Weather { lock.withLock { weather.popLast() ?? .clear } }

    typealias Deliver = @Sendable ([UInt8]) async throws -> [UInt8]

    /// One parcel through the weather.
    func send(_ parcel: [UInt8], _ deliver: Deliver) async throws -> [UInt8] {
        lock.withLock { sent.append(parcel) }
        switch next() {
        case .clear: break
        case .lost: throw LineDown()
        case .answerLost:
            _ = try await answer(parcel, deliver)
            throw LineDown()
        case .twice: _ = try? await answer(parcel, deliver)
        case .cut:
            _ = try await answer(Array(parcel.prefix(parcel.count * 2 / 3)), deliver)
            throw LineDown()
        case .altered:
            _ = try await answer(altered(parcel), deliver)
            throw LineDown()
        case .late:
            lock.withLock { late.append(Letter(bytes: parcel, server: server)) }
            throw LineDown()
        case .stale: if let stale { _ = try? await answer(stale, deliver) }
        case .forgedAnswer: return try forged(parcel)
        case .oldAnswer: if let oldAnswer { return oldAnswer }
        }
        return try await answer(parcel, deliver)
    }

    private func answer(_ parcel: [UInt8], _ deliver: Deliver) async throws -> [UInt8] {
        let answer = try await deliver(parcel)
        lock.withLock { answers.append(answer) }
        return answer
    }

    /// Something the county publishes through the weather.
    func fetch(_ get: @Sendable () async throws -> [UInt8]) async throws -> [UInt8] {
        let weather = next()
        if weather == .lost || weather == .late { throw LineDown() }
        if weather == .twice { _ = try await get() }
        let bytes = try await get()
        switch weather {
        case .answerLost: throw LineDown()
        case .cut: return Array(bytes.prefix(bytes.count / 2))
        case .altered: return altered(bytes)
        case .forgedAnswer: return Array("{}".utf8)
        default: return bytes
        }
    }

    private func altered(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        if !bytes.isEmpty { bytes[bytes.count / 2] ^= 0x20 }
        return bytes
    }

    /// Says that everything was received, in the county's name and with another's key.
    private func forged(_ packed: [UInt8]) throws -> [UInt8] {
        let text = try decompress(packed, limit: Parcel.mostBytes)
        guard let line = text.split(separator: 0x0A).last,
            let checkpoint = try? CompactJSON.decode(Checkpoint.self, from: line)
        else { throw LineDown() }
        let word = Acknowledgement(
            county: SmallCounty.code, kiosk: checkpoint.kiosk, through: checkpoint.sequence,
            head: checkpoint.head, at: checkpoint.at, setAside: [])
        return try SignedDocument(role: .acknowledgement, word, key: stranger).bytes
    }
}
