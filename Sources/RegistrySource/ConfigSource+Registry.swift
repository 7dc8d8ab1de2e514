public import ConfigWatcher
public import EventBus
import Logging
public import RegistryClient

extension ConfigSource where Self == RegistrySource {
    /// The registry at an address, and its own stream of changes.
    ///
    /// - Parameters:
    ///   - url: `http://host:port` or `https://host:port`, a path prefix may follow.
    ///   - token: sent as `Authorization: Bearer`; nil for a registry without authentication.
    /// - Throws: `RegistryClientError` with code `invalidRequest` when the URL or the token cannot be used.
    public static func registry(_ url: String, token: String? = nil) throws(RegistryClientError) -> RegistrySource {
        RegistrySource(try RegistryClient(url: url, token: token))
    }

    /// A registry.
    ///
    /// - Parameters:
    ///   - client: the registry.
    ///   - events: where new versions are announced: `.serverSentEvents`, `.bus(...)` or `.polling(every:)`.
    public static func registry(_ client: RegistryClient, events: EventSource = .serverSentEvents) -> RegistrySource {
        RegistrySource(client, events: events)
    }

    /// A registry whose versions are announced on a message bus.
    ///
    /// - Parameters:
    ///   - client: the registry.
    ///   - bus: for example `.rabbitMQ("amqps://...")` of the module RabbitBus.
    public static func registry(_ client: RegistryClient, events bus: some EventBus) -> RegistrySource {
        RegistrySource(client, events: .bus(bus))
    }
}
