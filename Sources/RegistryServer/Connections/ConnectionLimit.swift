import HummingbirdCore
import Logging

/// How many connections may be open, so that descriptors are left for the store, the broker and the log. More than that wait,
/// in the kernel's queue, until one is closed.
struct ConnectionLimit: AvailableConnectionsDelegate {
    private let maximum: Int
    private let logger: Logger
    private var count = 0
    /// The log says it once, until there was much room again.
    private var isLogged = false

    init(maximum: Int, logger: Logger) {
        self.maximum = maximum
        self.logger = logger
    }

    mutating func connectionOpened() {
        count += 1
        guard count >= maximum, !isLogged else { return }
        isLogged = true
        let reason =
            maximum < RegistryServerOptions.mostConnections
            ? "all connections that the limit of open files allows are in use; more wait until one is closed: raise the limit (ulimit -n, LimitNOFILE=)"
            : "all connections that a registry takes are in use; more wait until one is closed: run another registry"
        logger.warning("\(reason)", metadata: ["connections": "\(maximum)"])
    }

    mutating func connectionClosed() {
        count -= 1
        guard isLogged, count < maximum * 3 / 4 else { return }
        isLogged = false
        logger.notice("connections are accepted again")
    }

    func isAcceptingNewConnections() -> Bool { count < maximum }
}
