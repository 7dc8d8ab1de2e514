import ConfigAccess
import ConfigRegistry
import HTTPTypes
import Hummingbird
import RegistryAPI

/// The paths of the API, with the action that each performs. What is not a method of a known path is answered with 405 and the methods that are.
struct RouteTable {
    typealias Handler = @Sendable (Request, ServerContext) async throws -> Response

    private let router: Router<ServerContext>
    private let gate: any RequestGate
    private let refusals: RefusalLog
    private(set) var methods: [String: [HTTPRequest.Method]] = [:]

    /// - Parameter refusals: where refusals are noted.
    init(_ router: Router<ServerContext>, gate: any RequestGate, refusals: RefusalLog) {
        self.router = router
        self.gate = gate
        self.refusals = refusals
    }

    /// Adds a route.
    ///
    /// - Parameters:
    ///   - action: what the handler does, and has permitted (`ServerContext.authorise`) once it knows for what.
    mutating func on(
        _ method: HTTPRequest.Method, _ path: String, _ action: Action, _ handler: @escaping Handler
    ) {
        router.on(RouterPath(path), method: method) { [gate, refusals] request, context -> Response in
            var context = context
            context.access = context.principal.map {
                Access(
                    gate: gate, principal: $0, action: action, connection: context.admission?.connection,
                    refusals: refusals)
            }
            do {
                return try await handler(request, context)
            } catch let problem as Problem {
                context.access?.note(problem)
                throw problem
            }
        }
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
