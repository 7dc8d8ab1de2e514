import ConfigAccess
import ConfigModel
import ConfigStore
import Logging
import Synchronization

/// Gathers when tokens were last used. Losing it harms nothing.
final class TokenUses: Sendable {
    /// A token's use is noted again after so many milliseconds.
    private static let exactness: Int64 = 5 * 60_000
    private static let period: Duration = .seconds(60)

    private struct State {
        var noted: [String: Timestamp] = [:]
        var waiting: [String: Timestamp] = [:]
    }

    private let store: any AccessStore
    private let logger: Logger
    private let state = Mutex(State())

    init(store: any AccessStore, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    func note(_ id: String, at now: Timestamp) {
        state.withLock { state in
            if let last = state.noted[id], now.milliseconds - last.milliseconds < Self.exactness { return }
            state.noted[id] = now
            state.waiting[id] = now
        }
    }

    /// Forgets tokens that are gone.
    func forget(_ isGone: (String) -> Bool) {
        state.withLock { state in state.noted = state.noted.filter { !isGone($0.key) } }
    }

    /// Writes what waits once a minute until cancelled, and once more then.
    func run() async {
        // Also when this was cancelled before it began.
        repeat {
            try? await Task.sleep(for: Self.period)
            // In a task of its own: the last one is written although this one is cancelled.
            await Task { await self.write() }.value
        } while !Task.isCancelled
    }

    /// Writes what waits.
    func write() async {
        let uses = state.withLock { state in
            defer { state.waiting = [:] }
            return state.waiting
        }
        guard !uses.isEmpty else { return }
        do {
            try await store.noteUses(uses)
        } catch {
            logger.debug("could not write when tokens were used", metadata: ["error": "\(error)"])
            state.withLock { state in state.waiting.merge(uses) { newer, _ in newer } }
        }
    }
}
