import ConfigModel
import ConfigWatcher
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import RegistryServer

/// Answers on this machine how the agent is.
enum AgentStatusServer {
    /// - Parameter onListening: called with the address when connections are accepted.
    static func build(
        _ documents: AgentDocuments, at address: ListeningAddress, logger: Logger,
        onListening: @escaping @Sendable (ListeningAddress) -> Void
    ) -> some ApplicationProtocol {
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: LocalNameMiddleware())
        router.get("status") { _, _ in response(.ok, AgentStatus(documents).json.canonicalBytes) }
        router.get("health") { _, _ in
            let status = AgentStatus(documents)
            return response(
                status.health == .unhealthy ? .serviceUnavailable : .ok, status.healthJSON.canonicalBytes)
        }
        router.get("metrics") { _, _ in
            response(.ok, Array(AgentMetrics.text(AgentStatus(documents)).utf8), AgentMetrics.mediaType)
        }
        return Application(
            router: router,
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port),
                // A few scrapers at a time; descriptors are for the registry and for commands.
                availableConnectionsDelegate: MaximumAvailableConnections(16)),
            onServerRunning: { channel in
                onListening(ListeningAddress(host: address.host, port: channel.localAddress?.port ?? address.port))
            }, logger: logger)
    }

    private static func response(
        _ status: HTTPResponse.Status, _ body: [UInt8], _ mediaType: String = "application/json"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: mediaType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}

/// Answers to names of this machine only: a page of the web that has its own name lead here gets nothing.
private struct LocalNameMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard let authority = request.head.authority, LoopbackAddress.containsHost(ofAuthority: authority) else {
            throw HTTPError(.forbidden)
        }
        return try await next(request, context)
    }
}
