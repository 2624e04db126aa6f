import CCurl
import Foundation
import Vocabulary

/// One HTTP exchange over libcurl, with a limit on what is read and on the time taken.
public struct HTTPRequest: Sendable {
    public var url: String
    /// Sent as the body of a POST; `nil` makes a GET.
    public var body: [UInt8]?
    public var headers: [String: String] = [:]
    public var mostBytes = 64 * 1024 * 1024
    /// The whole exchange; a slow link that still moves is not cut off before.
    public var seconds = 600

    public init(url: String, body: [UInt8]? = nil) {
        self.url = url
        self.body = body
    }

    public struct Response: Sendable {
        public var status: Int
        public var body: [UInt8]
    }

    public enum Fault: Error, Equatable, Sendable {
        /// No answer: no network, the server is off, or the line broke. Nothing is lost.
        case unreachable(String)
        /// The line broke after it stood: the other side may have done the work or not.
        case interrupted(String)
        case tooLarge(limit: Int)
        /// The server answered that it will not; its words are for people.
        case refused(status: Int, message: String)
    }

    /// Performs the exchange on a thread of its own, since libcurl waits.
    public func perform() async throws -> [UInt8] {
        let response = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try self.exchange() })
            }
        }
        guard (200..<300).contains(response.status) else {
            throw Fault.refused(
                status: response.status,
                message: String(decoding: response.body.prefix(2_000), as: UTF8.self))
        }
        return response.body
    }

    private final class Sink {
        var bytes: [UInt8] = []
        let limit: Int
        init(limit: Int) { self.limit = limit }
    }

    private func exchange() throws -> Response {
        guard let handle = curl_easy_init() else {
            throw Fault.unreachable("libcurl did not start")
        }
        defer { curl_easy_cleanup(handle) }
        var list: UnsafeMutablePointer<curl_slist>?
        for (name, value) in headers { list = curl_slist_append(list, "\(name): \(value)") }
        defer { curl_slist_free_all(list) }

        _ = ccurl_set_text(handle, CURLOPT_URL, url)
        _ = ccurl_set_list(handle, CURLOPT_HTTPHEADER, list)
        _ = ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        _ = ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT, 20)
        _ = ccurl_set_long(handle, CURLOPT_TIMEOUT, seconds)
        _ = ccurl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        if let body {
            _ = ccurl_set_long(handle, CURLOPT_POST, 1)
            _ = ccurl_set_body(handle, body, curl_off_t(body.count))
        }
        let sink = Sink(limit: mostBytes)
        let user = Unmanaged.passUnretained(sink).toOpaque()
        _ = ccurl_set_write(handle, collect, user)
        let code = withExtendedLifetime(sink) { curl_easy_perform(handle) }
        guard code == CURLE_OK else {
            if sink.bytes.count > mostBytes { throw Fault.tooLarge(limit: mostBytes) }
            let reason = String(cString: curl_easy_strerror(code))
            let neverStood = [CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST].contains(code)
            throw neverStood ? Fault.unreachable(reason) : Fault.interrupted(reason)
        }
        var status = 0
        _ = ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        return Response(status: status, body: sink.bytes)
    }

    /// Takes what arrives; answering fewer bytes than came makes libcurl stop.
    private let collect: ccurl_write = { bytes, size, count, user in
        guard let bytes, let user else { return 0 }
        let sink = Unmanaged<Sink>.fromOpaque(user).takeUnretainedValue()
        let total = size * count
        bytes.withMemoryRebound(to: UInt8.self, capacity: total) {
            sink.bytes.append(contentsOf: UnsafeBufferPointer(start: $0, count: total))
        }
        return sink.bytes.count > sink.limit ? 0 : total
    }
}
