package import Logging
import Synchronization

/// Says once of each token that cannot be read that it counts for nothing.
package final class UnreadableTokens: Sendable {
    private let logger: Logger
    private let known = Mutex<Set<String>>([])

    /// None yet.
    package init(logger: Logger) { self.logger = logger }

    /// - Parameter tokens: why, by identifier.
    package func log(_ tokens: [String: String]) {
        guard !tokens.isEmpty || !known.withLock({ $0.isEmpty }) else { return }
        let news = known.withLock { known in
            defer { known = Set(tokens.keys) }
            return tokens.filter { !known.contains($0.key) }
        }
        for (id, reason) in news {
            logger.warning(
                "a token in the store cannot be read and counts for nothing",
                metadata: ["token": "\(id)", "error": "\(reason)"])
        }
    }
}
