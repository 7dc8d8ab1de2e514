import AsyncSupport
import ConfigStore
import Synchronization

/// Collects confirmed versions and marks them in the store, many with one write.
final class MarkBatch: Sendable {
    private static let largest = 256

    private struct State {
        var versions: [VersionIdentity] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let wake = WakeSignal()
    private let store: any VersionStore
    private let delay: Duration
    private let release: @Sendable ([VersionIdentity]) -> Void

    /// - Parameter release: called with versions that were marked, or that will not be marked here.
    init(store: any VersionStore, delay: Duration, release: @escaping @Sendable ([VersionIdentity]) -> Void) {
        self.store = store
        self.delay = delay
        self.release = release
    }

    func add(_ version: VersionIdentity) {
        let isFirst = state.withLock { state in
            state.versions.append(version)
            return state.versions.count == 1
        }
        if isFirst { wake.signal() }
    }

    /// Ends `run` when everything is marked.
    func close() {
        state.withLock { $0.isClosed = true }
        wake.signal()
    }

    /// Marks until closed or cancelled.
    func run() async {
        var pause = Backoff(from: .milliseconds(100), upTo: .seconds(2))
        while !Task.isCancelled {
            let batch = take()
            if batch.isEmpty {
                if state.withLock({ $0.isClosed }) { return }
                await wake.wait()
                // No caller waits for a mark, so that more of them can share one write.
                await collect()
                continue
            }
            do {
                try await store.markAnnounced(batch)
                release(batch)
                pause.reset()
            } catch {
                // The sweeper would announce them again; marking them a little later saves that.
                state.withLock { $0.versions = batch + $0.versions }
                guard await mayTryAgain(after: pause.next()) else { break }
            }
        }
        release(state.withLock { $0.versions })
    }

    private func take() -> [VersionIdentity] {
        state.withLock { state in
            defer { state.versions = Array(state.versions.dropFirst(Self.largest)) }
            return Array(state.versions.prefix(Self.largest))
        }
    }

    private func collect() async {
        guard !state.withLock({ $0.isClosed }) else { return }
        _ = await mayTryAgain(after: delay)
    }

    /// False when cancelled.
    private func mayTryAgain(after pause: Duration) async -> Bool {
        do {
            try await Task.sleep(for: pause)
            return true
        } catch {
            return false
        }
    }
}
