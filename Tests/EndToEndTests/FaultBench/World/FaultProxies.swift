import TestSupport

/// One proxy in front of the broker for each party, so that each can lose it alone.
struct FaultProxies: Sendable {
    struct Connection: Sendable {
        let proxy: TCPProxy
        let uri: String
    }

    let registries: [Connection]
    let watchers: Connection
    let audit: Connection
    /// Never broken.
    let recorder: Connection

    /// - Parameter encrypted: the broker over TLS, which all of them lead to; nil without TLS.
    init(in bench: TestBench, to encrypted: EncryptedServers?) throws {
        func connection() throws -> Connection {
            // Silence is noticed within seconds, so that a scenario need not last for a minute.
            let options = "heartbeat=2"
            let (proxy, uri) =
                try encrypted.map { try bench.brokerProxy(to: $0, options: options) }
                ?? bench.brokerProxy(options: options)
            return Connection(proxy: proxy, uri: uri)
        }
        registries = [try connection(), try connection()]
        watchers = try connection()
        audit = try connection()
        recorder = try connection()
    }

    /// Those that may be broken.
    var all: [TCPProxy] { (registries + [watchers, audit]).map(\.proxy) }
}
