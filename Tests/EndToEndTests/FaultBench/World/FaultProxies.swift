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

    init(in bench: TestBench) throws {
        func connection() throws -> Connection {
            // Silence is noticed within seconds, so that a scenario need not last for a minute.
            let (proxy, uri) = try bench.brokerProxy(options: "heartbeat=2")
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
