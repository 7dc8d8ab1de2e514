import Glibc

/// The real broker that the environment offers to tests, taken apart so that a test can go through a proxy.
package struct TestBroker: Sendable {
    package static let variable = "CONFIGBUS_TEST_AMQP_URI"

    /// What a suite says when it is skipped.
    package static let missing = "CONFIGBUS_TEST_AMQP_URI is not set: run scripts/test"

    /// nil when the environment names none.
    package static let shared: TestBroker? = getenv(variable).flatMap { TestBroker(uri: String(cString: $0)) }

    package private(set) var user: String
    package private(set) var password: String
    package private(set) var virtualHost = "/"
    package let host: String
    package let port: Int

    /// Reads `amqp://user:password@host:port/`, the form that `scripts/services` prints.
    package init?(uri: String) {
        guard uri.hasPrefix("amqp://") else { return nil }
        let authority = uri.dropFirst(7).prefix { $0 != "/" && $0 != "?" }
        let parts = authority.split(separator: "@")
        let login = parts.count == 2 ? parts[0].split(separator: ":") : ["guest", "guest"]
        let address = (parts.last ?? "").split(separator: ":")
        guard login.count == 2, let host = address.first else { return nil }
        (user, password) = (String(login[0]), String(login[1]))
        self.host = String(host)
        port = address.count == 2 ? Int(address[1]) ?? 5_672 : 5_672
    }

    /// The URI, or the one that leads through a proxy.
    package func uri(port: Int? = nil, options: String = "") -> String {
        let host = port == nil ? self.host : "127.0.0.1"
        return "amqp://\(user):\(password)@\(host):\(port ?? self.port)/\(options.isEmpty ? "" : "?\(options)")"
    }

    /// The same broker for another login, in a virtual host of its own.
    package func login(_ user: String, _ password: String, virtualHost: String) -> TestBroker {
        var broker = self
        (broker.user, broker.password, broker.virtualHost) = (user, password, virtualHost)
        return broker
    }

    /// A proxy in front of the broker.
    package func proxy() throws -> TCPProxy {
        try TCPProxy(to: host, port: port)
    }

    /// A client that sends exactly what it is given.
    package func rawClient() async throws -> RawAMQPClient {
        try await TestThread.run { try RawAMQPClient(self) }
    }
}
