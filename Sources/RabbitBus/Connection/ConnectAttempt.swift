import Glibc

/// Finds out why a connection could not be opened, which the library keeps for itself.
enum ConnectAttempt {
    /// How long it may take beside the attempt that failed.
    private static let limit: Int32 = 1_000

    /// The system's words, without a full stop; nil when a connection could be opened after all.
    static func failure(host: String, port: Int) -> String? {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0, let address = list?.pointee else {
            return "there is no address for this name"
        }
        defer { freeaddrinfo(list) }
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.ai_family, kind, 0)
        guard descriptor >= 0 else { return words(errno) }
        defer { close(descriptor) }
        guard Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) != 0 else { return nil }
        guard errno == EINPROGRESS else { return words(errno) }
        var event = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&event, 1, limit) > 0 else { return "no response" }
        var (reason, size) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &reason, &size) == 0, reason != 0 else { return nil }
        return words(reason)
    }

    private static func words(_ code: Int32) -> String {
        switch code {
        case ECONNREFUSED: "connection refused"
        case ETIMEDOUT: "no response"
        default: String(cString: strerror(code))
        }
    }
}
