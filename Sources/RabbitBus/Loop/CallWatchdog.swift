import Glibc
import Synchronization

/// Frees a thread that hangs inside the C library, by shutting its socket down from another one.
///
/// A publish may wait for ever although heartbeats are on (the broker no longer reads, or one of two faults of the
/// library); `shutdown` is the one thing that another thread may do about it. The guard owns a duplicate of the socket's
/// descriptor: the library may close its own at any time, and the number could then belong to another file.
final class CallWatchdog: Sendable {
    private struct State {
        var socket: Int32?
        var callBegan: ContinuousClock.Instant?
        var isConnecting = false
        var hasInterrupted = false
    }

    private let state = Mutex(State())

    /// True while a name is looked up or a connection is opened, which cannot be interrupted but has its own limits.
    var isConnecting: Bool { state.withLock { $0.isConnecting } }

    /// True when the present connection was shut down because a call took too long.
    var hasInterrupted: Bool { state.withLock { $0.hasInterrupted } }

    /// The descriptor to poll; nil when there is no connection.
    var socket: Int32? { state.withLock { $0.socket } }

    /// Runs a call that may hang.
    func watching<Result>(_ call: () -> Result) -> Result {
        state.withLock { $0.callBegan = .now }
        defer { state.withLock { $0.callBegan = nil } }
        return call()
    }

    /// Runs the opening of a connection.
    func connecting<Result>(_ open: () -> Result) -> Result {
        state.withLock { $0.isConnecting = true }
        defer { state.withLock { $0.isConnecting = false } }
        return open()
    }

    /// Guards a new connection; false when there is no descriptor left for the duplicate.
    func adopt(_ descriptor: Int32) -> Bool {
        let duplicate = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard duplicate >= 0 else { return false }
        release()
        state.withLock { state in
            state.socket = duplicate
            state.hasInterrupted = false
        }
        return true
    }

    /// Forgets the connection.
    func release() {
        state.withLock { state in
            if let socket = state.socket.take() { close(socket) }
        }
    }

    /// Shuts the connection down when a call has been running for longer than `limit`.
    func interrupt(after limit: Duration) {
        state.withLock { state in
            guard let socket = state.socket, let began = state.callBegan, .now - began > limit else { return }
            state.hasInterrupted = true
            shutdown(socket, Int32(SHUT_RDWR))
        }
    }

    /// Does so again and again until the task is cancelled.
    func watch(limit: Duration) async {
        while (try? await Task.sleep(for: limit / 4)) != nil {
            interrupt(after: limit)
        }
    }
}
