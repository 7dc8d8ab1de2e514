import Synchronization

/// Waits for a task that cannot be interrupted, but only for a time.
enum TimeLimit {
    /// The task's value, or nil when it takes longer; the task then goes on.
    static func value<Value: Sendable>(of task: Task<Value, Never>, within time: Duration) async -> Value? {
        await withCheckedContinuation { continuation in
            let once = Once(continuation)
            let timer = Task {
                try await Task.sleep(for: time)
                once.resume(nil)
            }
            Task {
                once.resume(await task.value)
                timer.cancel()
            }
        }
    }

    /// Resumes with whatever comes first.
    private final class Once<Value: Sendable>: Sendable {
        private let continuation: Mutex<CheckedContinuation<Value?, Never>?>

        init(_ continuation: CheckedContinuation<Value?, Never>) { self.continuation = Mutex(continuation) }

        func resume(_ value: sending Value?) {
            let continuation = continuation.withLock { waiting in
                defer { waiting = nil }
                return waiting
            }
            continuation?.resume(returning: value)
        }
    }
}
