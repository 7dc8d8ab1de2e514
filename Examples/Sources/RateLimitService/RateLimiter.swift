import Hummingbird
import Synchronization

/// A token bucket whose limits change while it is in use.
final class RateLimiter: Sendable {
    private struct Bucket {
        var limits: RateLimits
        var tokens: Double
        var filledAt: ContinuousClock.Instant
    }

    private let bucket = Mutex<Bucket?>(nil)

    /// Takes new limits; the bucket is full again.
    func use(_ limits: RateLimits) {
        bucket.withLock { $0 = Bucket(limits: limits, tokens: Double(limits.burst), filledAt: .now) }
    }

    /// True when one more request may be served now.
    func admit() -> Bool {
        bucket.withLock { bucket in
            guard var filled = bucket else { return false }
            let now = ContinuousClock.now
            let seconds = (now - filled.filledAt) / .seconds(1)
            filled.tokens = min(filled.tokens + seconds * filled.limits.requestsPerSecond, Double(filled.limits.burst))
            filled.filledAt = now
            let isAdmitted = filled.tokens >= 1
            if isAdmitted { filled.tokens -= 1 }
            bucket = filled
            return isAdmitted
        }
    }
}

/// Refuses with 429 what exceeds the limits.
struct RateLimitMiddleware<Context: RequestContext>: RouterMiddleware {
    let limiter: RateLimiter

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard limiter.admit() else { throw HTTPError(.tooManyRequests) }
        return try await next(request, context)
    }
}
