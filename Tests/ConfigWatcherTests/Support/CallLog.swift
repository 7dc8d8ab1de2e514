import Synchronization

/// What was called, in order.
final class CallLog: Sendable {
    private let calls = Mutex<[String]>([])

    var entries: [String] { calls.withLock { $0 } }

    func add(_ entry: String) { calls.withLock { $0.append(entry) } }
}

/// A door that a handler waits behind, whatever happens to its task.
final class Door: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits for the door and ignores cancellation.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}
