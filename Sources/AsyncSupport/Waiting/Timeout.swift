/// An operation took longer than it may.
package struct TimeoutError: Error {
    /// Makes the error.
    package init() {}
}

/// Runs an operation and cancels it when it takes longer than `limit`.
///
/// - Throws: what the operation throws, `TimeoutError`, or `CancellationError` when the caller was cancelled.
package func withTimeout<Result: Sendable>(
    _ limit: Duration, _ operation: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        defer { group.cancelAll() }
        group.addTask { try await operation() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        guard let result = try await group.next() ?? nil else { throw TimeoutError() }
        return result
    }
}

extension Task where Failure == Never {
    /// Waits for the task, which goes on when it takes longer; nil then.
    ///
    /// - Parameter limit: how long to wait at most.
    package func value(within limit: Duration) async -> Success? {
        let completion = Completion<Success>()
        let waiting = Task<Void, Never> { completion.resolve(await value) }
        defer { waiting.cancel() }
        return await completion.wait(atMost: limit)
    }
}
