import HTTPTypes
import Hummingbird
import RegistryAPI

/// Refuses what the gate refuses, before any other handler sees the request.
///
/// The decision was made when the request's head arrived; only a request that came over no connection (one of a test that
/// calls the router) is decided here.
struct GateMiddleware: RouterMiddleware {
    typealias Context = ServerContext

    let gate: any RequestGate

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let admission = context.admission ?? gate.admission(of: request.head)
        var context = context
        do throws(Problem) {
            context.principal = try admission.result.get()
        } catch {
            var problem = error
            // A client that waits for 100 (Continue) may send its body or not.
            if request.headers.contains(.expect) { problem.closesConnection = true }
            throw problem
        }
        return try await next(request, context)
    }
}
