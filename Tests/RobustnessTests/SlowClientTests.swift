import Foundation
import Hosting
import Hummingbird
import Logging
import NIOCore
import SmallCounty
import Testing

@testable import SyncServer

/// Whoever lets bytes drip to hold the county's door open is let go; a slow link is not.
@Suite struct SlowClientTests {
    /// A server that takes what it is sent and gives 64 MiB, and a socket to it.
    private func serve(_ body: @escaping @Sendable (RawSocket) async throws -> Void) async throws {
        let router = Router()
        router.post("/take") { request, _ in
            "\(try await request.body.collect(upTo: 1 << 20).readableBytes)"
        }
        router.get("/give") { _, _ in ByteBuffer(repeating: 0x61, count: 64 << 20) }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router, server: .patient(silence: .seconds(1)),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { told.yield($0.localAddress?.port ?? 0) }, logger: logger)
        try await whileServing(application, logger: logger) {
            var ports = ports.makeAsyncIterator()
            let socket = try RawSocket(port: await ports.next() ?? 0)
            defer { socket.close() }
            try await body(socket)
        }
    }

    @Test func `who connects and says nothing is let go`() async throws {
        try await serve { socket in
            let isClosed = await socket.apart { $0.wait(untilClosedFor: .seconds(60)) }
            #expect(isClosed)
        }
    }

    @Test func `a body that drips is let go, long before it is whole`() async throws {
        try await serve { socket in
            #expect(socket.send("POST /take HTTP/1.1\r\nHost: a\r\nContent-Length: 4000\r\n\r\n"))
            let sent = await socket.apart { $0.drip(4_000, bytes: 1, every: 100_000) }
            #expect(sent < 4_000)
        }
    }

    @Test func `a header that drips is let go`() async throws {
        try await serve { socket in
            #expect(socket.send("POST /take HTTP/1.1\r\nHost: a\r\nX-Long: "))
            let sent = await socket.apart { $0.drip(4_000, bytes: 1, every: 100_000) }
            #expect(sent < 4_000)
        }
    }

    @Test func `an answer nobody takes is let go`() async throws {
        try await serve { socket in
            #expect(socket.send("GET /give HTTP/1.1\r\nHost: a\r\n\r\n"))
            // The answer has begun; from here on nobody takes it.
            await socket.apart { $0.waitForAnswer() }
            try await Task.sleep(for: .seconds(5))
            // What the system had already buffered is there; the rest never comes.
            let taken = await socket.apart { $0.readToEnd(within: .seconds(60)) }
            #expect(taken < 64 << 20)
        }
    }

    @Test func `a slow link that moves is served to the end`() async throws {
        try await serve { socket in
            #expect(socket.send("POST /take HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\n\r\n"))
            let sent = await socket.apart { $0.drip(3_000, bytes: 50, every: 50_000) }
            let isServed = await socket.apart { $0.read(untilSeen: "3000", within: .seconds(60)) }
            #expect(sent == 3_000 && isServed)
        }
    }
}

/// A connection whose every byte the test decides on.
private struct RawSocket: Sendable {
    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let outcome = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard outcome == 0 else { throw POSIXError(.ECONNREFUSED) }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    /// Blocks a thread of its own, so that a busy machine's tests do not slow the client down.
    func apart<Value: Sendable>(_ work: @escaping @Sendable (RawSocket) -> Value) async -> Value {
        await withCheckedContinuation { done in
            Thread.detachNewThread { done.resume(returning: work(self)) }
        }
    }

    func close() { _ = Foundation.close(descriptor) }

    func send(_ text: String) -> Bool { send(Array(text.utf8)) == text.utf8.count }

    private func send(_ bytes: [UInt8]) -> Int {
        Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Bytes that went out, with so many microseconds between, before the other side closed.
    func drip(_ count: Int, bytes: Int, every pause: UInt32) -> Int {
        var sent = 0
        while sent < count {
            if received(1) == 0 { return sent }
            let now = send(Array(repeating: 0x61, count: bytes))
            guard now > 0 else { return sent }
            sent += now
            usleep(pause)
        }
        return sent
    }

    func wait(untilClosedFor limit: Duration) -> Bool {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            if received(1) == 0 { return true }
            usleep(20_000)
        }
        return false
    }

    func waitForAnswer() {
        var byte: UInt8 = 0
        while recv(descriptor, &byte, 1, Int32(MSG_PEEK)) < 1 { usleep(20_000) }
    }

    func readToEnd(within limit: Duration) -> Int {
        let end = ContinuousClock.now + limit
        var total = 0
        while ContinuousClock.now < end {
            let count = received(1 << 20)
            if count == 0 { return total }
            if count < 0 { usleep(20_000) } else { total += count }
        }
        return total
    }

    func read(untilSeen text: String, within limit: Duration) -> Bool {
        let end = ContinuousClock.now + limit
        var seen = ""
        while ContinuousClock.now < end, !seen.contains(text) {
            var buffer = [UInt8](repeating: 0, count: 4_096)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count == 0 { break }
            if count < 0 { usleep(20_000) }
            seen += String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        }
        return seen.contains(text)
    }

    /// Bytes read now: 0 where the other side has closed, −1 where nothing is there yet.
    private func received(_ most: Int) -> Int {
        var buffer = [UInt8](repeating: 0, count: most)
        let count = recv(descriptor, &buffer, most, 0)
        if count < 0, errno == ECONNRESET { return 0 }
        return count
    }
}
