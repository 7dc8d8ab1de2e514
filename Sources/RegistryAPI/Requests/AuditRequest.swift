package import ConfigModel

/// `GET /api/audit`: what was changed, over all documents, newest first.
package struct AuditRequest: Sendable, Equatable {
    /// Only of this service.
    package var service: String?
    /// Only of services that are this name or lie below it, by whole dot-separated segments.
    package var prefix: String?
    /// Only of this environment; `~schema` for the schemas of services.
    package var environment: String?
    /// Only by this author.
    package var createdBy: String?
    /// Only what did this.
    package var changeType: ChangeType?
    /// Only what was requested under this `X-Correlation-ID`.
    package var correlationID: String?
    /// Only the members of this change set.
    package var changeSetID: String?
    /// Only versions with findings that their author let pass.
    package var hasOverrides = false
    /// Not before.
    package var since: Timestamp?
    /// Before.
    package var until: Timestamp?
    /// With the contents before and after each change.
    package var hasValues = false
    /// At most this many on a page; nil leaves it to the registry.
    package var limit: Int?
    /// The page that begins here: `next` of the page before.
    package var cursor: String?

    /// The newest changes.
    package init() {}

    /// The parameters of this call.
    package static let parameters = [
        QueryName.serviceName, QueryName.prefix, QueryName.environment, QueryName.createdBy, QueryName.changeType,
        QueryName.correlationID, QueryName.changeSetID, QueryName.overrides, QueryName.since, QueryName.until,
        QueryName.values, QueryName.limit, QueryName.cursor,
    ]

    /// Reads a query; nil when there is none.
    package init(query: String?) throws(Problem) {
        let query = try QueryParameters(query, known: Self.parameters)
        service = try query.name(QueryName.serviceName, .service)
        prefix = try query.name(QueryName.prefix, .service)
        let isOfSchemas = query[QueryName.environment] == DocumentKey.schemaEnvironment
        environment =
            isOfSchemas ? DocumentKey.schemaEnvironment : try query.name(QueryName.environment, .environment)
        createdBy = query[QueryName.createdBy]
        if let text = query[QueryName.changeType] {
            guard let type = ChangeType(rawValue: text) else {
                throw QueryParameters.invalid(QueryName.changeType, "must be created, updated or deleted.")
            }
            changeType = type
        }
        correlationID = query[QueryName.correlationID]
        changeSetID = query[QueryName.changeSetID]
        if let changeSetID, !ChangeSet.isPossible(id: changeSetID) {
            throw QueryParameters.invalid(QueryName.changeSetID, "must be the changeset_id of a version.")
        }
        hasOverrides = try query.flag(QueryName.overrides)
        since = try query.moment(QueryName.since)
        until = try query.moment(QueryName.until)
        hasValues = try query.flag(QueryName.values)
        limit = try query.integer(QueryName.limit, in: 1...Int64(APILimits.audit)).map { Int($0) }
        cursor = query[QueryName.cursor]
    }

    /// The refusal of a cursor that no page ended with.
    package static var foreignCursor: Problem {
        QueryParameters.invalid(QueryName.cursor, "must be taken from the Link header of the page before.")
    }

    /// The value of the header that leads to the page that begins at a cursor.
    package func link(to cursor: String) -> String {
        var next = self
        next.cursor = cursor
        return PageLink.header(to: next.request.target)
    }

    /// The request as HTTP has it.
    package var request: RegistryRequest {
        func text(_ flag: Bool) -> String? { flag ? "true" : nil }
        return RegistryRequest(
            path: APIPath.audit,
            query: [
                (QueryName.serviceName, service), (QueryName.prefix, prefix), (QueryName.environment, environment),
                (QueryName.createdBy, createdBy), (QueryName.changeType, changeType?.rawValue),
                (QueryName.correlationID, correlationID), (QueryName.changeSetID, changeSetID),
                (QueryName.overrides, text(hasOverrides)), (QueryName.since, since?.description),
                (QueryName.until, until?.description), (QueryName.values, text(hasValues)),
                (QueryName.limit, limit.map { String($0) }), (QueryName.cursor, cursor),
            ],
            maximumResponse: APILimits.listResponse)
    }
}
