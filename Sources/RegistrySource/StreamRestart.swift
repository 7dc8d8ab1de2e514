import AsyncSupport

/// When a stream that the registry ended because of the client's credential is opened again: at once, with the credential
/// that counts by now. What ends again soon is opened after a pause, a longer one each time when it hardly stood.
struct StreamRestart: Sendable {
    static let interval = Duration.seconds(10)
    /// A stream that stood for so long was worth opening.
    static let worthwhile = Duration.seconds(1)

    private var last: ContinuousClock.Instant?
    private var backoff = Backoff.subscribing

    /// How long to wait; nil for not at all.
    ///
    /// - Parameters:
    ///   - begin: when the stream was opened.
    ///   - now: when it was ended.
    mutating func pause(begunAt begin: ContinuousClock.Instant, at now: ContinuousClock.Instant) -> Duration? {
        defer { last = now }
        guard let last, now - last < Self.interval else {
            backoff.reset()
            return nil
        }
        if now - begin >= Self.worthwhile { backoff.reset() }
        return backoff.next()
    }
}
