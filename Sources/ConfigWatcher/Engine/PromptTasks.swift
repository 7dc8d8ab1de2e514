import Synchronization

/// Tasks that begin at once, on the thread of whoever starts them, and end with whoever runs them.
///
/// A task group takes tasks only from the task that has it, which would have to be woken for each.
final class PromptTasks: Sendable {
    private struct State {
        var isOpen = false
        var last = 0
        /// A task that is just being started is nil.
        var tasks: [Int: Task<Void, Never>?] = [:]
        var waitsForEnd: CheckedContinuation<Void, Never>?

        var hasEnded: Bool { !isOpen && tasks.isEmpty }
    }

    private let state = Mutex(State())

    /// Answers false, and does nothing, when nobody runs them.
    func start(_ operation: @escaping @Sendable @concurrent () async -> Void) -> Bool {
        let number = state.withLock { state -> Int? in
            guard state.isOpen else { return nil }
            state.last += 1
            state.tasks[state.last] = .some(nil)
            return state.last
        }
        guard let number else { return false }
        let task = Self.begin {
            await operation()
            self.end(number)
        }
        let isLate = state.withLock { state in
            if state.tasks[number] != nil { state.tasks[number] = task }
            return !state.isOpen
        }
        if isLate { task.cancel() }
        return true
    }

    /// Lets tasks be started until `body` returns; then those that are left are cancelled and waited for.
    func run(_ body: () async throws -> Void) async rethrows {
        state.withLock { $0.isOpen = true }
        do {
            try await body()
        } catch {
            await close()
            throw error
        }
        await close()
    }

    private func close() async {
        let tasks = state.withLock { state in
            state.isOpen = false
            return state.tasks.values.compactMap { $0 }
        }
        for task in tasks { task.cancel() }
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.waitsForEnd = continuation }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    private func end(_ number: Int) {
        let waiting = state.withLock { state in
            state.tasks[number] = nil
            return state.hasEnded ? state.waitsForEnd.take() : nil
        }
        waiting?.resume()
    }

    /// Where the platform cannot begin a task at once it begins as soon as a thread is free.
    private static func begin(_ operation: @escaping @Sendable @concurrent () async -> Void) -> Task<Void, Never> {
        if #available(macOS 26.0, *) { Task.immediate(operation: operation) } else { Task(operation: operation) }
    }
}
