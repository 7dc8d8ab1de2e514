import AsyncSupport
public import ConfigModel
public import ConfigWatcher
import Logging
public import RegistryClient

/// A registry as the source of a watcher: its stream of changes or a message bus announces versions, and reads of many
/// documents go together into few calls.
///
/// Behind every source documents are read now and then, so that nothing is missed for longer than that.
public struct RegistrySource: ConfigSource {
    private let registry: any RegistryReading
    private let events: EventSource

    /// Describes a source.
    ///
    /// - Parameters:
    ///   - client: the registry.
    ///   - events: where new versions are announced.
    public init(_ client: RegistryClient, events: EventSource = .serverSentEvents) {
        self.init(reading: client, events: events)
    }

    /// Describes a source over anything that responds like a registry.
    package init(reading registry: any RegistryReading, events: EventSource) {
        self.registry = registry
        self.events = events
    }

    /// How often documents are read, when nothing else finds changes.
    public var pollInterval: Duration? { events.interval }

    /// False when the registry is reached in a way on which others could go on answering with an old version.
    public var provesFreshness: Bool { registry.provesFreshness }

    /// The environments that have such a document.
    public func absence(of key: DocumentKey) async -> String? {
        guard let environments = try? await registry.environments(holding: key.service), !environments.isEmpty else {
            return nil
        }
        return "There is no document \(key); it exists in: \(environments.joined(separator: ", "))."
    }

    /// The same registry without its stream or a bus.
    public var onDemand: any ConfigSource { RegistrySource(reading: registry, events: .onDemand) }

    /// Serves one watcher or group until the task is cancelled.
    public func run(_ feed: SourceFeed) async {
        if !provesFreshness {
            feed.logger?.warning(
                "a registry on another machine is reached without TLS, so that nothing proves what it sends to be the newest: watchers count as stale; use https://"
            )
        }
        let reads = HeadReads(registry, readsRecords: feed.wantsChangeSets)
        let discovery = PrefixDiscovery(registry, feed, every: events.discoveryInterval)
        let subscriptions = events.subscriber(feed, registry, discovery).map { Subscriptions($0, feed) }
        await withDiscardingTaskGroup { group in
            group.addTask { await discovery.run() }
            if let subscriptions {
                group.addTask { await subscriptions.run() }
                subscriptions.begin()
            } else if !events.isOnDemand {
                for key in feed.documents { feed.send(.mayHaveChanged(isFresh: false), to: key) }
            }
            for await request in feed.requests {
                switch request {
                case .follow(let key):
                    if let subscriptions {
                        subscriptions.follow(key)
                    } else if !events.isOnDemand {
                        feed.send(.mayHaveChanged(isFresh: true), to: key)
                    }
                // What arrives about it is dropped; a subscription that is made anew leaves it out.
                case .unfollow: break
                case .followPrefix(let prefix):
                    subscriptions?.follow(prefix)
                    discovery.look()
                case .unfollowPrefix(let prefix): subscriptions?.unfollow(prefix)
                case .read(let read):
                    guard reads.add(read) else { break }
                    group.addTask { await reads.call() }
                }
            }
        }
    }
}
