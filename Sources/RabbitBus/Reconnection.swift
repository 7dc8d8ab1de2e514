/// When and where to connect next: full jitter, so that a thousand clients of a restarted broker do not return as one.
struct Reconnection {
    private let firstPause: Duration
    private let longestPause: Duration
    private var failures = 0
    private var attempts = 0
    private var connectedAt: ContinuousClock.Instant?
    /// When to try again.
    private(set) var nextAttempt: ContinuousClock.Instant = .now

    init(_ settings: SessionSettings) {
        firstPause = settings.options.firstPause
        longestPause = settings.options.longestPause
    }

    /// The node of the address for this attempt; each attempt takes the next one.
    mutating func nextEndpoint(of address: AMQPAddress) -> AMQPAddress.Endpoint {
        defer { attempts += 1 }
        let endpoints = address.endpoints
        return endpoints[attempts % endpoints.count]
    }

    mutating func succeeded() {
        connectedAt = .now
    }

    /// An attempt failed or the connection was lost; returns the pause. A connection that did not last counts as a failure
    /// too, so that one that is refused right after the login is not tried without end.
    mutating func failed() -> Duration {
        if let connectedAt, .now - connectedAt > longestPause { failures = 0 }
        connectedAt = nil
        let limit = min(longestPause, firstPause * (1 << min(failures, 20)))
        failures += 1
        let pause = limit * Double.random(in: 0...1)
        nextAttempt = .now + pause
        return pause
    }
}
