import CCurl
import Foundation
import Vocabulary

/// A connection that is opened at the first request and used again for the next: over a slow link
/// one handshake costs more than many requests.
///
/// libcurl's handle belongs to one thread at a time, which the lock sees to.
public final class HTTPConnection: @unchecked Sendable {
    private let lock = NSLock()
    private let identity: TLSIdentity?
    private let isVerified: Bool
    private var handle: UnsafeMutableRawPointer?

    /// - Parameter identity: for TLS; `nil` for plain HTTP on loopback.
    public init(_ identity: TLSIdentity? = nil) {
        self.identity = identity
        isVerified = true
    }

    /// A connection to somebody not known yet; its answers must prove themselves in another way.
    public static func unverified() -> HTTPConnection { HTTPConnection(verified: false) }

    private init(verified: Bool) {
        identity = nil
        isVerified = verified
    }

    deinit { if let handle { curl_easy_cleanup(handle) } }

    /// Performs an exchange on a thread of its own, since libcurl waits.
    public func perform(_ request: HTTPRequest) async throws -> HTTPRequest.Response {
        let response = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result { try self.lock.withLock { try self.exchange(request) } })
            }
        }
        guard (200..<300).contains(response.status) else {
            throw HTTPRequest.Fault.refused(
                status: response.status,
                message: String(decoding: response.body.prefix(2_000), as: UTF8.self))
        }
        return response
    }

    private func exchange(_ request: HTTPRequest) throws -> HTTPRequest.Response {
        guard let handle = handle ?? curl_easy_init() else {
            throw HTTPRequest.Fault.unreachable("libcurl did not start")
        }
        self.handle = handle
        // Forgets the options of the request before, and keeps the connection.
        curl_easy_reset(handle)
        let lists = prepare(handle, request)
        defer { for list in lists { curl_slist_free_all(list) } }
        let sink = Sink(request, handle)
        let user = Unmanaged.passUnretained(sink).toOpaque()
        _ = ccurl_set_write(handle, collect, user)
        let code = withExtendedLifetime(sink) { curl_easy_perform(handle) }
        if let fault = sink.fault { throw fault }
        guard code == CURLE_OK else {
            let reason = String(cString: curl_easy_strerror(code))
            let neverStood = [CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST].contains(code)
            throw neverStood
                ? HTTPRequest.Fault.unreachable(reason) : HTTPRequest.Fault.interrupted(reason)
        }
        let header = request.wantedHeader.flatMap { ccurl_get_header(handle, $0) }
        return HTTPRequest.Response(
            status: sink.status, body: sink.bytes, header: header.map { String(cString: $0) })
    }

    private func prepare(
        _ handle: UnsafeMutableRawPointer, _ request: HTTPRequest
    ) -> [UnsafeMutablePointer<curl_slist>?] {
        var headers: UnsafeMutablePointer<curl_slist>?
        // Headers that say nothing here are left out: over a slow link every byte is waited for.
        let silenced = ["Accept", "Content-Type", "Expect"].filter { request.headers[$0] == nil }
        for name in silenced { headers = curl_slist_append(headers, name + ":") }
        for (name, value) in request.headers {
            headers = curl_slist_append(headers, "\(name): \(value)")
        }
        _ = ccurl_set_list(handle, CURLOPT_HTTPHEADER, headers)
        _ = ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        _ = ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT, 60)
        _ = ccurl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, HTTPRequest.hardlyBytes)
        _ = ccurl_set_long(handle, CURLOPT_LOW_SPEED_TIME, request.silentSeconds)
        _ = ccurl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        if let body = request.body {
            _ = ccurl_set_long(handle, CURLOPT_POST, 1)
            _ = ccurl_set_body(handle, body, curl_off_t(body.count))
        }
        return [headers, address(handle, request.url)]
    }

    /// Sets the address and whom to believe there.
    ///
    /// The certificate's name is that of the county, not of a machine: the connection goes to the
    /// host of the address, and asks for the county's name.
    private func address(
        _ handle: UnsafeMutableRawPointer, _ url: String
    ) -> UnsafeMutablePointer<curl_slist>? {
        _ = ccurl_set_long(handle, CURLOPT_SSL_VERIFYPEER, isVerified ? 1 : 0)
        _ = ccurl_set_long(handle, CURLOPT_SSL_VERIFYHOST, isVerified ? 2 : 0)
        guard let identity, var parts = URLComponents(string: url), let host = parts.host else {
            _ = ccurl_set_text(handle, CURLOPT_URL, url)
            return nil
        }
        let port = parts.port ?? 443
        parts.host = identity.serverName
        _ = ccurl_set_text(handle, CURLOPT_URL, parts.string ?? url)
        let route = curl_slist_append(nil, "\(identity.serverName):\(port):\(host):\(port)")
        _ = ccurl_set_list(handle, CURLOPT_CONNECT_TO, route)
        _ = ccurl_set_long(handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_3))
        // Any other group would be offered with a key of its own.
        _ = ccurl_set_text(handle, CURLOPT_SSL_EC_CURVES, "X25519")
        set(handle, CURLOPT_CAINFO_BLOB, identity.authority)
        if let certificate = identity.certificate, let key = identity.key {
            set(handle, CURLOPT_SSLCERT_BLOB, certificate)
            set(handle, CURLOPT_SSLKEY_BLOB, key)
        }
        return route
    }

    private func set(_ handle: UnsafeMutableRawPointer, _ option: CURLoption, _ pem: String) {
        var bytes = Array(pem.utf8)
        _ = ccurl_set_blob(handle, option, &bytes, bytes.count)
    }
}

/// Where the bytes of an answer go.
private final class Sink {
    var bytes: [UInt8] = []
    var fault: (any Error)?
    private var count = 0
    private let request: HTTPRequest
    private let handle: UnsafeMutableRawPointer

    init(_ request: HTTPRequest, _ handle: UnsafeMutableRawPointer) {
        self.request = request
        self.handle = handle
    }

    var status: Int {
        var status = 0
        _ = ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        return status
    }

    /// - Returns: whether to go on.
    func take(_ piece: UnsafeBufferPointer<UInt8>) -> Bool {
        count += piece.count
        guard count <= request.mostBytes else {
            fault = HTTPRequest.Fault.tooLarge(limit: request.mostBytes)
            return false
        }
        guard let taking = request.taking, (200..<300).contains(status) else {
            bytes.append(contentsOf: piece)
            return true
        }
        do { try taking(Array(piece), status == 206) } catch {
            fault = error
            return false
        }
        return true
    }
}

/// Takes what arrives; answering fewer bytes than came makes libcurl stop.
private let collect: ccurl_write = { bytes, size, count, user in
    guard let bytes, let user else { return 0 }
    let sink = Unmanaged<Sink>.fromOpaque(user).takeUnretainedValue()
    let total = size * count
    return bytes.withMemoryRebound(to: UInt8.self, capacity: total) {
        sink.take(UnsafeBufferPointer(start: $0, count: total)) ? total : 0
    }
}
