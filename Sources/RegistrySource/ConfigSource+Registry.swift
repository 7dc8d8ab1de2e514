public import ConfigWatcher
public import EventBus
import Logging
public import RegistryClient

extension ConfigSource where Self == RegistrySource {
    /// The registry at an address, and its own stream of changes.
    ///
    /// - Parameters:
    ///   - url: `http://host:port` or `https://host:port`, a path prefix may follow.
    ///   - credentials: how the watcher says who it is; `.none` for a registry without authentication.
    ///   - tls: whose certificates are trusted at `https://`, and the watcher's own: `RegistryTLS()` of the product
    ///     `RegistryClientTLS`. Required there.
    /// - Throws: `RegistryClientError` with code `invalidRequest` when the URL, the credentials or a file cannot be used.
    public static func registry(
        _ url: String, credentials: RegistryCredentials = .none, tls: RegistryTLS? = nil
    ) throws(RegistryClientError) -> RegistrySource {
        RegistrySource(try RegistryClient(url: url, credentials: credentials, tls: tls))
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
