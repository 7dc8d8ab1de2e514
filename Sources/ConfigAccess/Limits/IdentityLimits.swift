import Synchronization

/// What one identity has taken of each class.
package final class IdentityLimits: Sendable {
    private let read: RateLimiter?
    private let write: RateLimiter?
    private let costly: RateLimiter?
    private let stream: RateLimiter?
    private let openStreams = Atomic<Int>(0)
    private let maximumStreams: Int

    /// Nothing was taken yet.
    package init(_ limits: AccessLimits) {
        read = limits[.read].map(RateLimiter.init)
        write = limits[.write].map(RateLimiter.init)
        costly = limits[.costly].map(RateLimiter.init)
        stream = limits[.stream].map(RateLimiter.init)
        maximumStreams = limits[.stream] == nil ? .max : limits.openStreams
    }

    /// Takes something, unless it came too early.
    ///
    /// - Returns: nil when it was taken; otherwise after how many nanoseconds it would be.
    package func take(_ requestClass: RequestClass, _ cost: Int64 = 1, at now: Int64) -> Int64? {
        switch requestClass {
        case .read: read?.take(cost, at: now)
        case .write: write?.take(cost, at: now)
        case .costly: costly?.take(cost, at: now)
        case .stream: stream?.take(cost, at: now)
        // Counted for the address.
        case .failed: nil
        }
    }

    /// Counts a stream as open, until the result is let go; nil when too many are.
    package func openStream() -> OpenStream? {
        guard openStreams.add(1, ordering: .relaxed).newValue <= maximumStreams else {
            closeStream()
            return nil
        }
        return OpenStream(of: self)
    }

    fileprivate func closeStream() { openStreams.subtract(1, ordering: .relaxed) }
}

/// A stream that counts as open as long as this lives, however it ends.
package final class OpenStream: Sendable {
    private let limits: IdentityLimits

    fileprivate init(of limits: IdentityLimits) { self.limits = limits }

    deinit { limits.closeStream() }
}
