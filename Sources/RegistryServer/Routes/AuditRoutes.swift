import ConfigAccess
import ConfigModel
import ConfigRegistry
import ConfigStore
import HTTPTypes
import Hummingbird
import RegistryAPI

/// `GET /api/audit`: what was changed, over all documents.
struct AuditRoutes: Sendable {
    let registry: Registry

    func add(to routes: inout RouteTable) {
        routes.on(.get, APIPath.audit, .readAudit) { try await changes($0, $1) }
    }

    private func changes(_ request: Request, _ context: ServerContext) async throws -> Response {
        let audit = try AuditRequest(query: request.uri.query)
        let query = try AuditQuery(audit)
        let filter = WatchFilter(
            services: Set([audit.service].compactMap(\.self)), prefix: audit.prefix, environment: audit.environment)
        try context.authorise(.selection(filter))
        if audit.hasValues { try context.permit(.selection(filter), for: .readAuditValues) }
        let principal = context.principal ?? .anonymous
        let mayRead = principal.documents(of: audit.hasValues ? .readAuditValues : .readAudit)
        let page = AuditAnswer(
            try await registry.changes(query, mayRead: mayRead),
            values: audit.hasValues ? AuditValues(registry: registry) : nil)
        let body = try await page.body()
        var fields = HTTPFields()
        if let next = body.next { fields[.link] = audit.link(to: next.description) }
        fields.name(body.damaged)
        return .json(body.json, headers: fields)
    }
}

extension AuditQuery {
    fileprivate init(_ request: AuditRequest) throws(Problem) {
        self.init(limit: request.limit ?? APILimits.defaultAudit)
        service = request.service
        prefix = request.prefix
        environment = request.environment
        createdBy = request.createdBy
        changeType = request.changeType
        correlationID = request.correlationID
        changeSetID = request.changeSetID
        hasOverrides = request.hasOverrides
        since = request.since
        until = request.until
        guard let cursor = request.cursor else { return }
        guard let position = AuditPosition(parsing: cursor) else { throw AuditRequest.foreignCursor }
        after = position
    }
}
