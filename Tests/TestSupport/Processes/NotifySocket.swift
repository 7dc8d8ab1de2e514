import Glibc

/// The socket of a service manager, which keeps what a process tells it (sd_notify(3)).
package final class NotifySocket: Sendable {
    /// Every line of the datagrams so far.
    package let lines = LineLog()
    private let descriptor: Int32

    /// - Parameter name: as `NOTIFY_SOCKET` has it: a path, or `@` in front of an abstract name.
    package init(_ name: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var bytes = Array(name.utf8)
        if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw TestSocketError("\(name) is too long for a socket")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) == 0 }
        }
        guard isBound else { throw TestSocketError("cannot bind \(name): \(String(cString: strerror(errno)))") }
        TestThread.detach { [descriptor, lines] in
            while let datagram = Self.receive(descriptor) { lines.append(datagram) }
            lines.close()
            Glibc.close(descriptor)
        }
    }

    deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// nil when the socket was shut down.
    private static func receive(_ descriptor: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }

    /// Waits until a line has come so many times.
    package func wait(for line: String, times: Int = 1) async throws {
        try await eventually("\(times) of '\(line)' from the process") {
            lines.lines.count { $0 == line } >= times
        }
    }
}
