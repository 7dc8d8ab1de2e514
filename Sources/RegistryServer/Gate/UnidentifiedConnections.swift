import Logging
import Synchronization

/// How many connections of each address are open whose client has proven no identity yet.
///
/// A client that proves none needs only a few, and could otherwise take all the connections that a server has.
final class UnidentifiedConnections: Sendable {
    private struct Count {
        var connections = 0
        /// The log says it once, until there was much room again.
        var isLogged = false
    }

    private let maximum: Int
    private let counts = Mutex<[ClientNetwork: Count]>([:])

    init(maximum: Int) { self.maximum = maximum }

    /// Counts a connection that was accepted.
    ///
    /// - Returns: nil when its address has as many as it may.
    func open(from address: String?, _ logger: Logger) -> UnidentifiedConnection? {
        let network = ClientNetwork(address)
        let (isOpen, isNews) = counts.withLock { counts in
            var count = counts[network, default: Count()]
            guard count.connections >= maximum else {
                count.connections += 1
                counts[network] = count
                return (true, false)
            }
            let isNews = !count.isLogged
            count.isLogged = true
            counts[network] = count
            return (false, isNews)
        }
        if isNews {
            logger.warning(
                "an address has as many connections without a credential as it may; more are closed",
                metadata: ["address": "\(address ?? "")", "connections": "\(maximum)"])
        }
        return isOpen ? UnidentifiedConnection(of: network, in: self) : nil
    }

    fileprivate func close(_ network: ClientNetwork) {
        counts.withLock { counts in
            guard var count = counts[network] else { return }
            count.connections -= 1
            if count.connections < maximum * 3 / 4 { count.isLogged = false }
            counts[network] = count.connections > 0 ? count : nil
        }
    }
}

/// A connection that counts with its address until its client has proven an identity or is gone.
final class UnidentifiedConnection: Sendable {
    private let network: ClientNetwork
    private let connections: UnidentifiedConnections
    private let isCounted = Atomic(true)

    fileprivate init(of network: ClientNetwork, in connections: UnidentifiedConnections) {
        self.network = network
        self.connections = connections
    }

    /// Counts no more. May be called again.
    func end() {
        if isCounted.exchange(false, ordering: .relaxed) { connections.close(network) }
    }

    deinit { end() }
}
