import Glibc

/// Pairs of TCP sockets on the loopback interface.
enum SocketPairs {
    struct Pair {
        let near: Int32
        let far: Int32
    }

    static var failure: BenchError {
        BenchError("The system gives no more sockets: \(String(cString: strerror(errno))).")
    }

    static func connect(_ count: Int) throws(BenchError) -> [Pair] {
        let listener = try tcpSocket()
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        guard bind(listener, &address), listen(listener, 16) == 0, name(listener, &address) else { throw failure }
        var pairs: [Pair] = []
        for _ in 0..<count {
            let near = try tcpSocket()
            guard connect(near, &address) else { throw failure }
            let far = accept(listener, nil, nil)
            guard far >= 0 else { throw failure }
            pairs.append(Pair(near: near, far: far))
        }
        return pairs
    }

    private static func tcpSocket() throws(BenchError) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure }
        var isOn: Int32 = 1
        _ = setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
        return descriptor
    }

    private static func bind(_ descriptor: Int32, _ address: inout sockaddr_in) -> Bool {
        withGenericAddress(&address) { Glibc.bind(descriptor, $0, $1) == 0 }
    }

    private static func connect(_ descriptor: Int32, _ address: inout sockaddr_in) -> Bool {
        withGenericAddress(&address) { Glibc.connect(descriptor, $0, $1) == 0 }
    }

    private static func name(_ descriptor: Int32, _ address: inout sockaddr_in) -> Bool {
        withGenericAddress(&address) { generic, length in
            var length = length
            return getsockname(descriptor, generic, &length) == 0
        }
    }

    private static func withGenericAddress(
        _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Bool
    ) -> Bool {
        withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
