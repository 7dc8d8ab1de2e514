import HTTPTypes
import Hummingbird

/// The paths of the API. What is not a method of a known path is answered with 405 and the methods that are.
struct RouteTable {
    typealias Handler = @Sendable (Request, ServerContext) async throws -> Response

    private let router: Router<ServerContext>
    private(set) var methods: [String: [HTTPRequest.Method]] = [:]

    init(_ router: Router<ServerContext>) { self.router = router }

    mutating func on(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping Handler) {
        router.on(RouterPath(path), method: method, use: handler)
        methods[path, default: []].append(method)
    }

    /// To be called once, after all paths are known.
    func refuseOtherMethods() {
        for (path, methods) in methods {
            let allowed = methods.contains(.get) ? methods + [.head] : methods
            let list = allowed.map(\.rawValue).sorted().joined(separator: ", ")
            for method in Self.parsedMethods where !allowed.contains(method) {
                router.on(RouterPath(path), method: method) { request, _ -> Response in
                    throw Problem(.methodNotAllowed, "\(request.method.rawValue) does nothing here; use \(list).")
                        .with(.allow, list)
                }
            }
        }
    }

    /// All that SwiftNIO's parser takes; a request with another method is malformed and reaches no router.
    private static let parsedMethods = [
        "ACL", "BIND", "CHECKOUT", "CONNECT", "COPY", "DELETE", "GET", "HEAD", "LINK", "LOCK", "M-SEARCH", "MERGE",
        "MKACTIVITY", "MKCALENDAR", "MKCOL", "MOVE", "NOTIFY", "OPTIONS", "PATCH", "POST", "PROPFIND", "PROPPATCH",
        "PURGE",
        "PUT", "QUERY", "REBIND", "REPORT", "SEARCH", "SOURCE", "SUBSCRIBE", "TRACE", "UNBIND", "UNLINK", "UNLOCK",
        "UNSUBSCRIBE",
    ].compactMap(HTTPRequest.Method.init(rawValue:))
}
