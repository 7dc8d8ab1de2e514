import Foundation
import Glibc

/// One connection that sends a request, waits for the response and sends the next; as little work as possible on this side.
final class HTTPConnection {
    let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    /// Bytes of an event that has not ended.
    private var pending: [UInt8] = []

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            throw HTTPFailure(
                description: "There is no connection to port \(port): \(String(cString: strerror(errno))).")
        }
        var isOn: Int32 = 1
        _ = setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(descriptor) }

    static func request(_ path: String, etag: String? = nil) -> [UInt8] {
        let condition = etag.map { "If-None-Match: \($0)\r\n" } ?? ""
        return Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(condition)\r\n".utf8)
    }

    /// A request that writes a document.
    static func write(_ method: String, _ content: String, to path: String) -> [UInt8] {
        let body = #"{"config_data":\#(content),"comment":"","created_by":"benchmark"}"#
        let head =
            "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n"
        return Array((head + body).utf8)
    }

    func get(_ path: String) throws(HTTPFailure) -> HTTPAnswer { try exchange(Self.request(path)) }

    /// Sends the request of a stream and reads until the text has come.
    func open(_ request: [UInt8], until text: String) throws(HTTPFailure) {
        try send(request)
        try read(until: text)
    }

    /// Reads until the text has come.
    func read(until text: String) throws(HTTPFailure) {
        var received = ""
        while !received.contains(text) {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { throw HTTPFailure(description: "The stream was closed.") }
            received += String(decoding: buffer[..<count], as: UTF8.self)
        }
    }

    /// Creates a document.
    func publish(_ content: String, to path: String) throws(HTTPFailure) {
        let answer = try exchange(Self.write("POST", content, to: path))
        guard answer.status < 300 else {
            throw HTTPFailure(description: "A publish was answered with \(answer.status).")
        }
    }

    func send(_ request: [UInt8]) throws(HTTPFailure) {
        guard Glibc.send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw HTTPFailure(description: "A request could not be sent.")
        }
    }

    private func exchange(_ request: [UInt8]) throws(HTTPFailure) -> HTTPAnswer {
        try send(request)
        return try answer()
    }

    /// Reads the rest of an event or some of them, and answers how many have ended; comments count for nothing.
    ///
    /// - Parameters:
    ///   - prefix: how the line with the event's content begins.
    ///   - linesAfter: how many lines belong to the event after that.
    ///   - scratch: where all connections read to, so that each finds it in the processor's caches.
    func readEvents(_ prefix: StaticString, linesAfter: Int, _ scratch: inout [UInt8]) throws(HTTPFailure) -> Int {
        let count = recv(descriptor, &scratch, scratch.count, 0)
        guard count > 0 else { throw HTTPFailure(description: "The stream was closed.") }
        let (ended, rest) = scratch.withUnsafeBytes { scratch in
            let new = UnsafeRawBufferPointer(rebasing: scratch[..<count])
            if pending.isEmpty {
                let (ended, length) = Self.events(in: new, prefix, linesAfter)
                return (ended, Array(new[length...]))
            }
            pending += new
            let (ended, length) = pending.withUnsafeBytes { Self.events(in: $0, prefix, linesAfter) }
            return (ended, Array(pending[length...]))
        }
        pending = rest
        return ended
    }

    /// How many events have ended, and where the last of them does.
    private static func events(
        in bytes: UnsafeRawBufferPointer, _ prefix: StaticString, _ linesAfter: Int
    ) -> (count: Int, length: Int) {
        guard let base = bytes.baseAddress else { return (0, 0) }
        var (count, length, line) = (0, 0, 0)
        var missing: Int?
        while let end = memchr(base + line, Int32(UInt8(ascii: "\n")), bytes.count - line) {
            let isContent =
                bytes.count - line >= prefix.utf8CodeUnitCount
                && memcmp(base + line, prefix.utf8Start, prefix.utf8CodeUnitCount) == 0
            missing = isContent ? linesAfter : missing.map { $0 - 1 }
            line = UnsafeRawPointer(end) - base + 1
            if missing == 0 { (count, length, missing) = (count + 1, line, nil) }
        }
        return (count, length)
    }

    /// Reads one response.
    func answer() throws(HTTPFailure) -> HTTPAnswer {
        var length = 0
        while true {
            let count = recv(descriptor, &buffer[length], buffer.count - length, 0)
            guard count > 0 else { throw HTTPFailure(description: "The connection was closed.") }
            length += count
            let answer = buffer.withUnsafeBytes { HTTPAnswer(UnsafeRawBufferPointer(rebasing: $0[..<length])) }
            if let answer { return answer }
            if length == buffer.count { buffer += [UInt8](repeating: 0, count: buffer.count) }
        }
    }
}

/// What went wrong with a request.
struct HTTPFailure: Error, CustomStringConvertible {
    let description: String
}
