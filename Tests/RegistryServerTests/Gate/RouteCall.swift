import ConfigRegistry
import EventBus
import HTTPTypes
import Hummingbird
import Logging
import RegistryAPI
import TestSupport
import Testing

@testable import RegistryServer

/// A call to one of the server's routes, or to a path that is none.
struct RouteCall: Sendable, CustomStringConvertible {
    let method: HTTPRequest.Method
    let path: String

    var description: String { "\(method) \(path)" }
    var hasBody: Bool { ![.get, .head, .delete].contains(method) }
    var isProbe: Bool { ["/health/live", "/health/ready"].contains(path) }

    /// About identities, of which there are none without authentication.
    var concernsIdentities: Bool {
        ["/api/tokens", "/api/access", "/api/denials", "/api/audit/access"].contains(where: path.hasPrefix)
    }

    /// A body with which the route comes as far as its question for permission.
    var validBody: String? {
        guard hasBody else { return nil }
        if path.hasSuffix("batchGet") { return #"{"documents":[{"service_name":"s"}]}"# }
        if path.hasSuffix("changesets") { return #"{"documents":[{"service_name":"s","config_data":{}}]}"# }
        if path.hasSuffix("/watch") { return #"{"known":{"s/default":1}}"# }
        return "{}"
    }

    var fields: [String: String] { method == .patch ? ["Content-Type": "application/merge-patch+json"] : [:] }

    func head(_ fields: String, bodyLength: Int) -> String {
        let type = method == .patch ? "application/merge-patch+json" : "application/json"
        let body = hasBody ? "Content-Type: \(type)\r\nContent-Length: \(bodyLength)\r\n" : ""
        return "\(method.rawValue) \(path) HTTP/1.1\r\n\(fields)\(body)\r\n"
    }

    /// All routes, `HEAD` where there is `GET`.
    static let routes: [RouteCall] = {
        let registry = Registry(store: InMemoryVersionStore(), bus: InProcessBus(), logger: Logger.silent)
        let gate = LoopbackGate()
        let table = RegistryServer.routes(
            on: Router(context: ServerContext.self), registry: registry, gate: gate,
            heads: HeadRoutes(registry: registry, work: ContentWork()), open: OpenRequests(gate: gate),
            work: ContentWork(),
            options: RegistryServerOptions())
        return table.methods.sorted { $0.key < $1.key }.flatMap { path, methods in
            let path = path.replacing("{service}", with: "s").replacing("{version}", with: "1")
                .replacing("{log}", with: "log").replacing("{id}", with: "x")
            return (methods + (methods.contains(.get) ? [.head] : [])).map { RouteCall(method: $0, path: path) }
        }
    }()

    /// The routes, a method that a path does not have, and paths that are none.
    static let all =
        routes + [
            RouteCall(method: .options, path: "/api/configs/s"), RouteCall(method: .get, path: "/nothing"),
            RouteCall(method: .post, path: "/nothing"), RouteCall(method: .head, path: "/"),
        ]
}

/// Fields with which a request is refused.
struct Refused: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let fields: String
    let type: ProblemType

    static let all = [
        Refused(testDescription: "foreign Host", fields: "Host: evil.example\r\n", type: .notAllowedHost),
        Refused(
            testDescription: "foreign Origin", fields: "Host: localhost\r\nOrigin: http://evil.example\r\n",
            type: .notAllowedOrigin),
        Refused(
            testDescription: "forwarded", fields: "Host: localhost\r\nX-Forwarded-For: 192.0.2.1\r\n", type: .forwarded),
    ]
}
