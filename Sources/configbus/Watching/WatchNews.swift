import ConfigModel
import ConfigWatcher
import ServiceLifecycle

/// What `watch` and `agent` have to say, in the order in which it came about.
enum WatchNews: Sendable {
    /// A version was applied or refused.
    case outcome(Outcome)
    /// There is no such document, in a sentence.
    case missing(DocumentKey, String)
    /// The registry does not let a document be read, in a sentence. It may do so later, with another token.
    case notAllowed(String)
    /// The registry does not answer, or lets nothing be read.
    case registryAway
    /// `--once` has waited long enough for the registry.
    case timeIsOver
}

/// The watchers, and the end of their news.
struct WatchedGroup: Service {
    let group: WatcherGroup
    let news: AsyncStream<WatchNews>.Continuation

    func run() async throws {
        defer { news.finish() }
        try await group.run()
    }
}
