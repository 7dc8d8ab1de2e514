import AsyncSupport
import ConfigWatcher

/// When a stream that was lost is opened again, and whether the loss is worth a word.
///
/// One that breaks as soon as it stands is as good as none: the pauses grow as if it had never stood, and it is said once
/// until a stream stood for a while.
struct StreamLosses: Sendable {
    /// What broke off after so long is no sign that the next one will.
    static let steady = Duration.seconds(10)

    private var backoff = Backoff.subscribing
    private var wasSaid = false

    /// A stream was lost.
    ///
    /// - Parameters:
    ///   - time: how long it stood; nil when it never did.
    ///   - retryAfter: how long the registry asked to wait.
    /// - Returns: how long to wait, and whether the loss of a stream that stood is news.
    mutating func add(stoodFor time: Duration?, retryAfter: Duration? = nil) -> (pause: Duration, isNews: Bool) {
        if let time, time >= Self.steady { self = StreamLosses() }
        let isNews = time != nil && !wasSaid
        wasSaid = wasSaid || isNews
        return (max(backoff.next(), SourceFailure.pause(requested: retryAfter) ?? .zero), isNews)
    }
}
