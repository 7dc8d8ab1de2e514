import ConfigModel
import ServiceLifecycle
import Synchronization

/// Tells the service manager that the agent is ready: of every document it is known what became of it, or the registry is
/// away.
final class AgentReadiness: Service {
    private let manager: ServiceManager?
    private let waiting: Mutex<Set<DocumentKey>>
    private let news = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// Services that are started after the agent must not wait for one document for ever.
    private static let patience = Duration.seconds(20)

    init(_ manager: ServiceManager?, waitingFor keys: Set<DocumentKey>) {
        self.manager = manager
        waiting = Mutex(keys)
    }

    /// - Parameter key: the document that something is known about; nil for all of them.
    func settle(_ key: DocumentKey?) {
        let isLast = waiting.withLock { waiting in
            if let key { waiting.remove(key) } else { waiting = [] }
            return waiting.isEmpty
        }
        if isLast { news.continuation.yield() }
    }

    func run() async throws {
        let alarm = Task { [news] in
            try await Task.sleep(for: Self.patience)
            news.continuation.yield()
        }
        defer { alarm.cancel() }
        // Which documents there are below a prefix is known only when they are found.
        if waiting.withLock({ $0.isEmpty }) { news.continuation.yield() }
        for await _ in news.stream.cancelOnGracefulShutdown() {
            let missing = waiting.withLock { $0.count }
            manager?.send(.ready(missing == 0 ? "following" : "waiting for \(Count.text(missing, "document"))"))
            break
        }
        try await gracefulShutdown()
    }
}
