import HTTPTypes
import Hummingbird

/// Records every request that comes to the router, with the response that the client gets.
struct RequestMeter: RouterMiddleware {
    typealias Context = ServerContext

    let metrics: ServerMetrics

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let beganAt = ContinuousClock.now
        let response = try await next(request, context)
        metrics.note(context.route, request.method.rawValue, status: response.status.code, since: beganAt)
        return response
    }
}

extension ServerContext {
    /// The path of the route as it is described: what the client put into it is no part of it. Of what is no path of the API,
    /// nothing is kept.
    var route: String { endpointPath.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "unknown" }
}
