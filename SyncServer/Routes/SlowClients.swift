import Hosting
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOHTTPTypes

/// Ends a connection on which hardly anything moves, so that nobody holds the county's door open by
/// saying nothing or letting bytes drip. A slow link that still moves is never cut off.
///
/// The same measure as the kiosk's (``Hosting/HTTPRequest/hardlyBytes``), over every span of silence:
/// so many bytes a second came in while the county waited for a request or the rest of it, or went
/// out while an answer waited to be taken. Time in which the county itself is at work, or too busy
/// to read, is not the client's.
final class SlowClients: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let silence: TimeAmount
    private let least: Int
    /// A request is whole and its answer is not.
    private var isAtWork = false
    private var received = 0
    /// How long bytes were waited for since they were last counted, and since when they are now.
    private var waited = TimeAmount.zero
    private var asked: NIODeadline?
    private var written = 0
    /// Bytes of answers that the other side had not taken when the span began.
    private var waiting = 0
    private var next: Scheduled<Void>?

    init(silence: TimeAmount) {
        self.silence = silence
        least = Int(silence.nanoseconds / 1_000_000) * Hosting.HTTPRequest.hardlyBytes / 1_000
    }

    func channelActive(context: ChannelHandlerContext) {
        watch(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        next?.cancel()
        context.fireChannelInactive()
    }

    func read(context: ChannelHandlerContext) {
        if asked == nil { asked = .now() }
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        waited = waitedSoFar
        asked = nil
        switch unwrapInboundIn(data) {
        case .head: countAnew()
        case .body(let bytes): received += bytes.readableBytes
        case .end: isAtWork = true
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head: break
        case .body(let bytes): written += bytes.readableBytes
        case .end:
            isAtWork = false
            countAnew()
        }
        context.write(data, promise: promise)
    }

    private var waitedSoFar: TimeAmount { waited + (asked.map { .now() - $0 } ?? .zero) }

    private func countAnew() {
        received = 0
        waited = .zero
        if asked != nil { asked = .now() }
    }

    private func watch(_ context: ChannelHandlerContext) {
        let here = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        next = context.eventLoop.scheduleTask(in: silence) {
            let (watcher, context) = here.value
            watcher.look(context)
        }
    }

    private func look(_ context: ChannelHandlerContext) {
        guard hasMoved(context) else { return context.close(promise: nil) }
        watch(context)
    }

    private func hasMoved(_ context: ChannelHandlerContext) -> Bool {
        let now =
            (try? context.channel.syncOptions?.getOption(ChannelOptions.bufferedWritableBytes)) ?? 0
        let (before, taken) = (waiting, waiting + written - now)
        (written, waiting) = (0, now)
        if before > 0, now > 0 { return taken >= least }
        guard !isAtWork, now == 0, waitedSoFar >= silence else { return true }
        defer { countAnew() }
        return received >= least
    }
}

extension HTTPServerBuilder {
    /// HTTP/1.1 that waits for nobody who does not move: not for a first byte, not between
    /// requests, not for the rest of a request, not for an answer to be taken.
    static func patient(
        silence: TimeAmount = .seconds(Int64(Hosting.HTTPRequest.usualSilence))
    ) -> HTTPServerBuilder {
        .http1(
            configuration: .init(additionalChannelHandlers: [SlowClients(silence: silence)]))
    }
}
