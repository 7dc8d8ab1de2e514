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
        case .unreachable, .tlsFailed: return attempt > 1 && elapsed < timeout
        case .unavailable, .failed: return elapsed + (error.retryAfter ?? .zero) < timeout
        case .invalidRequest, .unauthorized, .forbidden, .notFound, .conflict, .preconditionFailed, .refused, .behind,
            .damaged, .invalidAnswer, .answerTooLarge, .cancelled:
            return false
        }
    }

    /// A kept connection may be closed by the registry while a request is on its way: a read is made once more, unless it
    /// waited as long as it may. One that came too early (429) is made again when the registry says, if that is in time; all
    /// other refusals are the caller's to decide on.
    static func repeatsRead(
        after error: RegistryClientError, attempt: Int, elapsed: Duration, timeout: Duration
    ) -> Bool {
        if error.status == 429, let pause = error.retryAfter {
            return attempt < maximumAttempts && elapsed + pause < timeout
        }
        return error.code == .interrupted && attempt == 1 && elapsed < timeout
    }

    /// As long as the registry wants (`Retry-After`), but for a moment at least, or exponential with full jitter.
    static func pause(after error: RegistryClientError, attempt: Int) -> Duration {
        if let retryAfter = error.retryAfter { return max(retryAfter, .milliseconds(100)) }
        return .milliseconds(Int64.random(in: 0...(25 << Int64(min(attempt, 6)))))
    }
}
