public import EventBus

/// Where a watcher hears of new versions. Behind every source it asks the registry now and then, so that nothing is missed
/// for longer than that.
public struct EventSource: Sendable {
    enum Kind: Sendable {
        case bus(any EventBus, BusFilter)
        case serverSentEvents
        case polling
    }

    let kind: Kind
    /// How often the registry is asked when it is the only source.
    let interval: Duration?

    /// The message bus.
    ///
    /// - Parameters:
    ///   - bus: for example `.rabbitMQ("amqps://...")` of the module RabbitBus.
    ///   - exchange: refuse messages that came through another exchange; nil accepts all but those that somebody put
    ///     directly into the queue.
    ///   - publishers: refuse messages whose login, as checked by the broker, is not among these; nil accepts all.
    public static func bus(
        _ bus: any EventBus, exchange: String? = nil, publishers: Set<String>? = nil
    ) -> EventSource {
        EventSource(kind: .bus(bus, BusFilter(exchange: exchange, publishers: publishers)), interval: nil)
    }

    /// The registry's stream of server-sent events, over the registry client's connection.
    public static let serverSentEvents = EventSource(kind: .serverSentEvents, interval: nil)

    /// Nothing but asking the registry, so often.
    public static func polling(every interval: Duration) -> EventSource {
        EventSource(kind: .polling, interval: interval)
    }
}
