/// An operation took longer than it may.
struct TimeLimitExceeded: Error {}

/// Runs an operation and cancels it when it takes longer than `limit`.
///
/// - Throws: what the operation throws, `TimeLimitExceeded`, or `CancellationError` when the caller was cancelled.
func withTimeLimit<Result: Sendable>(
    _ limit: Duration, _ operation: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        defer { group.cancelAll() }
        group.addTask { try await operation() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        guard let result = try await group.next() ?? nil else { throw TimeLimitExceeded() }
        return result
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}
