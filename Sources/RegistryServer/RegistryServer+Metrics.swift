package import ConfigRegistry
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import RegistryAPI

extension RegistryServer {
    /// Puts a server together that serves `/metrics` and nothing else, without a credential: who reaches its address is the
    /// operator's choice, and no metric names a document.
    ///
    /// - Parameters:
    ///   - options: those of the registry's own server.
    ///   - onListening: called with the port when connections are accepted.
    package static func buildMetricsApplication(
        registry: Registry, host: String, port: Int, options: RegistryServerOptions, logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let status = StatusRoutes(registry: registry, version: options.version, tls: options.tls)
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.get(RouterPath(APIPath.metrics)) { _, _ in await status.metricsResponse() }
        return Application(
            router: router, server: .http1(configuration: connections(options)),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                // A few scrapers at a time; descriptors are for the registry's clients.
                availableConnectionsDelegate: MaximumAvailableConnections(64)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) }, logger: logger)
    }
}
