import AsyncSupport
import ConfigModel
import ConfigWatcher
import RegistryClient

/// Finds the documents below the followed prefixes by listing them, where the source does not send them by itself: when it
/// is established anew, and now and then, so that none is missed for longer than that.
final class PrefixDiscovery: Sendable {
    private let registry: any RegistryReading
    private let feed: SourceFeed
    private let interval: Duration?
    private let signal = WakeSignal()

    /// - Parameter interval: how often it is looked; nil when there is no need to.
    init(_ registry: any RegistryReading, _ feed: SourceFeed, every interval: Duration?) {
        self.registry = registry
        self.feed = feed
        self.interval = interval
    }

    /// Looks as soon as possible.
    func look() { signal.signal() }

    /// Looks whenever it is time, until the task is cancelled.
    func run() async {
        guard let interval else { return }
        var backoff = Backoff.subscribing
        while !Task.isCancelled {
            let prefixes = feed.prefixes
            let refusal = await look(below: prefixes)
            if refusal == nil {
                backoff.reset()
                // Without a prefix there is nothing to look for, however long it takes.
                if prefixes.isEmpty { await signal.wait() } else { await signal.wait(atMost: interval) }
            } else {
                try? await Task.sleep(
                    for: max(backoff.next(), SourceFailure.pause(requested: refusal?.retryAfter) ?? .zero))
            }
        }
    }

    /// Why the registry did not say what there is; nil when it did.
    private func look(below prefixes: [DocumentPrefix]) async -> SourceFailure? {
        for prefix in prefixes {
            do throws(RegistryClientError) {
                for key in try await registry.documents(below: prefix) where feed.found(key) {
                    // It may have been published before anything about it arrived here.
                    feed.send(.mayHaveChanged(isFresh: true), to: key)
                }
                feed.registryResponded()
                feed.listed { $0 == prefix }
            } catch {
                guard !Task.isCancelled else { return nil }
                let failure = SourceFailure(error)
                feed.notListed(failure)
                return failure
            }
        }
        return nil
    }
}
