import ConfigAccess
import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import MetricsExposition
import NIOCore
import RegistryAPI

/// What the registry says about itself.
struct StatusRoutes: Sendable {
    let registry: Registry
    let version: String
    /// Nil without TLS.
    var tls: ServerTLS?
    /// As in `RegistryServerOptions`.
    var plaintext: Set<String> = []

    func add(to routes: inout RouteTable) {
        routes.on(.get, APIPath.health, .readHealth) { try await health($0, $1) }
        routes.on(.get, APIPath.liveness, .probe) { try live($0, $1) }
        routes.on(.get, APIPath.readiness, .probe) { try await ready($0, $1) }
        routes.on(.get, APIPath.statistics, .monitor) { try statistics($0, $1) }
        routes.on(.get, APIPath.metrics, .monitor) { try await metrics($0, $1) }
    }

    /// Health with dependencies; 503 when the store does not answer.
    private func health(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        try context.authorise(.registry)
        // Without the right to more, a caller learns what a load balancer needs.
        let isDetailed = context.principal?.hasEverywhere([.monitor, .admin]) ?? false
        let document = HealthDocument(
            health: await registry.health(), counters: registry.counters, version: version, isDetailed: isDetailed,
            schemas: registry.schemaStatus, tls: tls?.status, plaintext: plaintext)
        let status: HTTPResponse.Status = document.health.status == .unhealthy ? .serviceUnavailable : .ok
        return .json(status) { document.write(to: &$0) }
    }

    /// The process answers.
    private func live(_ request: Request, _ context: ServerContext) throws -> Response {
        _ = try request.query([])
        try context.authorise(.registry)
        return .json { $0.member("status", "alive") }
    }

    /// The store answers, so that reads and writes work, bus or not.
    private func ready(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        try context.authorise(.registry)
        let health = await registry.health()
        guard health.status != .unhealthy else {
            throw Problem(.unavailable, health.storeProblem ?? "The store does not answer; the registry tries on.")
        }
        return .json { $0.member("status", "ready") }
    }

    private func statistics(_ request: Request, _ context: ServerContext) throws -> Response {
        _ = try request.query([])
        try context.authorise(.registry)
        let counters = StatisticsCounter.all(registry.counters)
        return .json { document in
            for counter in counters { document.member(counter.name, counter.value) }
            document.member("watches_open", registry.openWatches)
        }
    }

    private func metrics(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        try context.authorise(.registry)
        return await metricsResponse()
    }

    /// All metrics, for a caller that may see them.
    func metricsResponse() async -> Response {
        let text = await MetricsReport(registry: registry, version: version, tls: tls).text()
        return Response(
            status: .ok, headers: [.contentType: MetricsText.mediaType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
