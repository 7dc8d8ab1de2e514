import HTTPTypes
import Hummingbird

/// Gives every request that comes to the router a name, which its response and every line of the log about it have.
struct RequestLogging: RouterMiddleware {
    typealias Context = ServerContext

    let log: RequestLog

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let facts = RequestFacts(request.headers)
        let beganAt = ContinuousClock.now
        return try await RequestFacts.$current.withValue(facts) {
            var response = try await next(request, context)
            response.headers[.requestID] = facts.id
            log.note(request, context, response, facts, took: ContinuousClock.now - beganAt)
            return response
        }
    }
}
