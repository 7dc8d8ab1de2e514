import HTTPTypes
import Hummingbird
import RegistryAPI

/// Refuses a target with a fragment, which is never sent (RFC 9112, section 3.2): a path or a value that has a `#` has to
/// encode it, and without this rule all behind it would be left out silently.
struct TargetMiddleware: RouterMiddleware {
    typealias Context = ServerContext

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard request.head.hasValidTarget else {
            throw Problem(
                .malformedRequest, "The request's target has a '#', which begins a fragment; write it as %23.")
        }
        return try await next(request, context)
    }
}

extension HTTPRequest {
    /// False for a target with a fragment.
    var hasValidTarget: Bool { path?.utf8.contains(UInt8(ascii: "#")) != true }
}
