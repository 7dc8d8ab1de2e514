package import ConfigModel

/// `GET /api/audit/access`: refusals and acts of administration, newest first.
package struct AccessLogRequest: Sendable, Equatable {
    /// Only of this identity.
    package var identity: String?
    /// Only of this action.
    package var action: String?
    /// Only of this problem type or act.
    package var type: String?
    /// Not before.
    package var since: Timestamp?
    /// Before.
    package var until: Timestamp?
    /// At most this many on a page; nil leaves it to the registry.
    package var limit: Int?
    /// The page that begins here: `next` of the page before.
    package var cursor: String?

    /// The newest entries.
    package init() {}

    /// The parameters of this call.
    package static let parameters = [
        QueryName.identity, QueryName.action, QueryName.type, QueryName.since, QueryName.until, QueryName.limit,
        QueryName.cursor,
    ]

    /// Reads a query; nil when there is none.
    package init(query: String?) throws(Problem) {
        let query = try QueryParameters(query, known: Self.parameters)
        identity = query[QueryName.identity]
        action = query[QueryName.action]
        type = query[QueryName.type]
        since = try query.moment(QueryName.since)
        until = try query.moment(QueryName.until)
        limit = try query.integer(QueryName.limit, in: 1...Int64(APILimits.accessLog)).map { Int($0) }
        cursor = query[QueryName.cursor]
    }

    /// The value of the header that leads to the page that begins at a cursor.
    package func link(to cursor: String) -> String {
        var next = self
        next.cursor = cursor
        return PageLink.header(to: next.request.target)
    }

    /// The request as HTTP has it.
    package var request: RegistryRequest {
        RegistryRequest(
            path: APIPath.accessLog,
            query: [
                (QueryName.identity, identity), (QueryName.action, action), (QueryName.type, type),
                (QueryName.since, since?.description), (QueryName.until, until?.description),
                (QueryName.limit, limit.map { String($0) }), (QueryName.cursor, cursor),
            ],
            maximumResponse: APILimits.listResponse)
    }
}
