import ConfigWatcher
public import EventBus

/// Where a registry's new versions are announced.
public struct EventSource: Sendable {
    enum Kind: Sendable {
        case bus(any EventBus, BusFilter)
        /// `patience`: how long a stream may be silent before it has sent all heads.
        case serverSentEvents(patience: Duration)
        case polling
        case onDemand
    }

    let kind: Kind
    /// How often documents are read when nothing is announced.
    let interval: Duration?

    /// The message bus.
    ///
    /// - Parameters:
    ///   - bus: for example `.rabbitMQ("amqps://...")` of the module RabbitBus.
    ///   - exchange: refuse messages that came through another exchange; nil accepts all but those that were put directly into the queue.
    ///   - publishers: refuse messages whose login, as checked by the broker, is not among these; nil accepts all.
    public static func bus(
        _ bus: any EventBus, exchange: String? = nil, publishers: Set<String>? = nil
    ) -> EventSource {
        EventSource(kind: .bus(bus, BusFilter(exchange: exchange, publishers: publishers)), interval: nil)
    }

    /// The registry's stream of server-sent events, over the registry client's connection.
    public static let serverSentEvents = EventSource.stream(patience: StreamFeed.usualPatience)

    static func stream(patience: Duration) -> EventSource {
        EventSource(kind: .serverSentEvents(patience: patience), interval: nil)
    }

    /// Nothing is announced, and nothing is read unless a watcher wants it.
    static let onDemand = EventSource(kind: .onDemand, interval: nil)

    /// Nothing is announced: every document is read so often.
    public static func polling(every interval: Duration) -> EventSource {
        EventSource(kind: .polling, interval: interval)
    }
}

extension EventSource {
    /// True when nothing is read unless a watcher wants it.
    var isOnDemand: Bool {
        if case .onDemand = kind { true } else { false }
    }

    /// How often documents below a prefix are looked for; nil when the source sends whatever is there.
    var discoveryInterval: Duration? {
        switch kind {
        case .bus, .polling: interval ?? .seconds(60)
        case .serverSentEvents, .onDemand: nil
        }
    }

    /// nil when there is nothing to subscribe to.
    func subscriber(
        _ feed: SourceFeed, _ registry: any RegistryReading, _ discovery: PrefixDiscovery
    ) -> (any FeedSubscriber)? {
        switch kind {
        case .bus(let bus, let filter):
            BusFeed(bus: bus, filter: filter, feed: feed, registry: registry, discovery: discovery)
        case .serverSentEvents(let patience): StreamFeed(registry: registry, feed: feed, patience: patience)
        case .polling, .onDemand: nil
        }
    }
}
