import Synchronization

/// The status of a bus, and its readers.
package final class StatusBoard: Sendable {
    private struct State {
        var status: BusStatus
        var readers: [Int: AsyncStream<BusStatus>.Continuation] = [:]
        var nextReader = 0
    }

    private let state: Mutex<State>

    /// A board that begins with a status.
    package init(_ status: BusStatus) {
        state = Mutex(State(status: status))
    }

    /// The present status.
    package var status: BusStatus {
        state.withLock { $0.status }
    }

    /// Changes the status, and sends it to every reader when it is another one.
    package func set(_ status: BusStatus) {
        state.withLock { state in
            guard state.status != status else { return }
            state.status = status
            // Under the lock, so that every reader sees the changes in order.
            for reader in state.readers.values { reader.yield(status) }
        }
    }

    /// The present status, then every change; a slow reader sees the newest only.
    package var updates: AsyncStream<BusStatus> {
        let (stream, continuation) = AsyncStream.makeStream(of: BusStatus.self, bufferingPolicy: .bufferingNewest(1))
        let reader = state.withLock { state in
            let reader = state.nextReader
            state.nextReader += 1
            state.readers[reader] = continuation
            continuation.yield(state.status)
            return reader
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.readers.removeValue(forKey: reader) }
        }
        return stream
    }
}
