import ConfigModel
import ServiceLifecycle
import Synchronization

/// Tells the service manager that the agent is ready: of every document it is known what became of it, or the registry is
/// away.
final class AgentReadiness: Service {
    let manager: ServiceManager?
    private let state = Mutex(State())
    private let news = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    private struct State {
        var waiting: Set<AgentDocument.Subject> = []
        /// Nothing is waited for any more.
        var isOver = false
    }

    /// Services that are started after the agent must not wait for one document for ever.
    private static let patience = Duration.seconds(20)

    init(_ manager: ServiceManager?) { self.manager = manager }

    /// Something has to be known about this first. A prefix is known when every document below it was found, which are waited
    /// for then.
    func wait(for subject: AgentDocument.Subject) {
        state.withLock { state in
            if !state.isOver { state.waiting.insert(subject) }
        }
    }

    /// - Parameter subject: what something is known about; nil for everything.
    func settle(_ subject: AgentDocument.Subject?) {
        let isLast = state.withLock { state in
            if let subject { state.waiting.remove(subject) } else { state.waiting = [] }
            return state.waiting.isEmpty
        }
        if isLast { news.continuation.yield() }
    }

    func run() async throws {
        let alarm = Task { [news] in
            try await Task.sleep(for: Self.patience)
            news.continuation.yield()
        }
        defer { alarm.cancel() }
        for await _ in news.stream.cancelOnGracefulShutdown() {
            let missing = state.withLock { state in
                state.isOver = true
                return state.waiting.count
            }
            manager?.send(.ready(missing == 0 ? "following" : "waiting for \(Count.text(missing, "document"))"))
            break
        }
        try await gracefulShutdown()
    }
}
