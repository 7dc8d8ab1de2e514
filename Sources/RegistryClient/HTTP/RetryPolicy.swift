/// When a call is made again, and after which pause.
struct RetryPolicy {
    static let maximumAttempts = 4

    /// A repeated write is safe under its change identifier; it is repeated while its outcome is unknown, but no longer
    /// than the caller is ready to wait for one attempt, unless nothing was repeated yet.
    static func repeatsWrite(
        after error: RegistryClientError, attempt: Int, elapsed: Duration, timeout: Duration
    ) -> Bool {
        guard attempt < maximumAttempts else { return false }
        switch error.code {
        case .interrupted: return attempt == 1 || elapsed < timeout
        case .unreachable: return attempt > 1 && elapsed < timeout
        case .unavailable, .failed: return elapsed < timeout
        case .invalidRequest, .unauthorized, .forbidden, .notFound, .conflict, .preconditionFailed, .refused, .behind,
            .damaged, .invalidAnswer, .answerTooLarge, .cancelled:
            return false
        }
    }

    /// A kept connection may be closed by the registry while a request is on its way: a read is made once more, unless it
    /// waited as long as it may.
    static func repeatsRead(
        after error: RegistryClientError, attempt: Int, elapsed: Duration, timeout: Duration
    ) -> Bool {
        error.code == .interrupted && attempt == 1 && elapsed < timeout
    }

    /// The registry's wish, or exponential with full jitter; at most 2 s.
    static func pause(after error: RegistryClientError, attempt: Int) -> Duration {
        if let retryAfter = error.retryAfter { return min(retryAfter, .seconds(2)) }
        return .milliseconds(Int64.random(in: 0...(25 << Int64(min(attempt, 6)))))
    }
}
