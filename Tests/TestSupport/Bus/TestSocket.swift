import Glibc

/// A blocking TCP socket on loopback; closed when it is released.
package final class TestSocket: Sendable {
    let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// - Parameter local: the IPv4 address of this machine that the connection comes from; nil for any.
    package static func connect(host: String = "127.0.0.1", port: Int, from local: String? = nil) throws -> TestSocket {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0 else {
            throw TestSocketError("cannot resolve \(host)")
        }
        defer { freeaddrinfo(list) }
        var next = list
        while let address = next?.pointee {
            let socket = TestSocket(descriptor: make(family: address.ai_family))
            if let local { try socket.bind(to: local) }
            if Glibc.connect(socket.descriptor, address.ai_addr, address.ai_addrlen) == 0 { return socket }
            next = address.ai_next
        }
        throw TestSocketError("cannot connect to \(host):\(port): \(String(cString: strerror(errno)))")
    }

    /// A port of 127.0.0.1 that was free a moment ago.
    package static func freePort() throws -> Int { try listen().port }

    /// Listens on a free port of 127.0.0.1.
    static func listen() throws -> (socket: TestSocket, port: Int) {
        let socket = TestSocket(descriptor: make(family: AF_INET))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                Glibc.bind(socket.descriptor, generic, size) == 0 && Glibc.listen(socket.descriptor, 64) == 0
                    && getsockname(socket.descriptor, generic, &size) == 0
            }
        }
        guard isListening else { throw TestSocketError("cannot listen: \(String(cString: strerror(errno)))") }
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }

    private func bind(to local: String) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr(local)
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isBound else { throw TestSocketError("cannot bind to \(local): \(String(cString: strerror(errno)))") }
    }

    /// nil when the listening socket was shut down.
    func accept() -> TestSocket? {
        let accepted = Glibc.accept(descriptor, nil, nil)
        guard accepted >= 0 else { return nil }
        _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
        return TestSocket(descriptor: accepted)
    }

    /// Up to `maximum` bytes; empty at the end or after an error.
    ///
    /// Loopback packets are as large as the broker's whole buffer, so it waits for the acknowledgement of each, which the
    /// kernel holds back for 40 ms unless it is set otherwise every time.
    package func read(upTo maximum: Int = 65_536) -> [UInt8] {
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_QUICKACK, &one, socklen_t(MemoryLayout<Int32>.size))
        return [UInt8](unsafeUninitializedCapacity: maximum) { buffer, count in
            count = max(0, recv(descriptor, buffer.baseAddress, maximum, 0))
        }
    }

    /// False when the other end is gone.
    @discardableResult
    package func write(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let sent = send(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                guard sent > 0 else { return false }
                rest = rest.dropFirst(sent)
            }
            return true
        }
    }

    /// Ends reads and writes, from any thread.
    func cut() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private static func make(family: Int32) -> Int32 {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        return descriptor
    }
}

/// Why a test helper could not do something.
struct TestSocketError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
