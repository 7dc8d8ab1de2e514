import ConfigAccess
import ConfigModel
import ConfigRegistry
import ConfigStore
import HTTPTypes
import Hummingbird
import RegistryAPI

/// The calls that show who may do what, and who did or was refused what.
struct AccessRoutes: Sendable {
    let administration: AccessAdministration

    func add(to routes: inout RouteTable) {
        routes.on(.get, APIPath.access, .readOwnAccess) { try access($0, $1) }
        routes.on(.get, APIPath.accessLog, .readAccessLog) { try await log($0, $1) }
    }

    /// The caller's own identity.
    private func access(_ request: Request, _ context: ServerContext) throws -> Response {
        _ = try request.query([])
        try context.authorise(.registry)
        let principal = context.principal ?? .anonymous
        do throws(AccessRefusal) { try principal.permit(.readOwnAccess) } catch { throw Problem(error, principal) }
        return .json(IdentityFacts(principal).jsonBytes)
    }

    /// Refusals and acts of administration, newest first.
    private func log(_ request: Request, _ context: ServerContext) async throws -> Response {
        let log = try AccessLogRequest(query: request.uri.query)
        try context.authorise(.registry)
        let query = AccessLogQuery(log)
        let page = try await context.administering { principal, _ throws(AccessError) in
            try await administration.accessLog(query, for: principal)
        }
        var response = Response.json(AccessLogLine.jsonBytes(page.entries.map(AccessLogLine.init)))
        if let next = page.next { response.headers[.link] = log.link(to: next) }
        return response
    }
}

extension AccessLogQuery {
    fileprivate init(_ request: AccessLogRequest) {
        self.init(limit: request.limit ?? APILimits.defaultAccessLog)
        identity = request.identity
        action = request.action
        type = request.type
        since = request.since
        until = request.until
        after = request.cursor
    }
}
