import Synchronization

/// A value that is set once, and the tasks that wait for it.
package final class Completion<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiters: [Int: CheckedContinuation<Value?, Never>] = [:]
        var cancelled: Set<Int> = []
        var nextWaiter = 0
    }

    private let state = Mutex(State())

    /// Without a value yet.
    package init() {}

    /// The value; nil while it is not set.
    package var current: Value? { state.withLock { $0.value } }

    /// Sets the value, the first time.
    package func resolve(_ value: Value) {
        let waiters = state.withLock { state -> [CheckedContinuation<Value?, Never>] in
            guard state.value == nil else { return [] }
            state.value = value
            defer { (state.waiters, state.cancelled) = ([:], []) }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.resume(returning: value) }
    }

    /// Waits for the value; nil when the waiting task is cancelled.
    package func wait() async -> Value? {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (isOver, value) = state.withLock { state -> (Bool, Value?) in
                    if let value = state.value { return (true, value) }
                    if state.cancelled.remove(number) != nil { return (true, nil) }
                    state.waiters[number] = continuation
                    return (false, nil)
                }
                if isOver { continuation.resume(returning: value) }
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Value?, Never>? in
                if let waiter = state.waiters.removeValue(forKey: number) { return waiter }
                // The task was cancelled before it came to wait.
                if state.value == nil { state.cancelled.insert(number) }
                return nil
            }
            waiter?.resume(returning: nil)
        }
    }

    /// Waits for the value; nil when it is not set within the limit or the waiting task is cancelled.
    package func wait(atMost limit: Duration) async -> Value? {
        if let value = current { return value }
        return await withTaskGroup(of: Value?.self) { group in
            group.addTask { await self.wait() }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            let value = await group.next() ?? nil
            group.cancelAll()
            return value ?? current
        }
    }
}
