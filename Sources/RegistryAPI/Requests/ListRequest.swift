package import ConfigModel

/// Which documents a list shows.
public struct ListRequest: Sendable, Equatable {
    /// Only this service.
    public var service: String?
    /// Only services that are this name or lie below it, by whole dot-separated segments.
    public var prefix: String?
    /// Only this environment.
    public var environment: String?
    /// Deleted documents too.
    public var includesDeleted: Bool
    /// At most this many on a page; nil leaves it to the registry.
    public var limit: Int?
    /// The page that begins here: `next` of the page before.
    public var cursor: String?
    /// False for a list without contents.
    package var hasContents = true
    /// The schemas of services in the place of their documents.
    package var listsSchemas = false

    /// Describes a list; without arguments the living documents of all environments.
    ///
    /// - Parameters:
    ///   - service: only this service.
    ///   - prefix: only this service and those below it.
    ///   - environment: only this environment.
    ///   - includesDeleted: deleted documents too.
    ///   - limit: at most this many on a page.
    ///   - cursor: where the page begins.
    public init(
        service: String? = nil, prefix: String? = nil, environment: String? = nil, includesDeleted: Bool = false,
        limit: Int? = nil, cursor: String? = nil
    ) {
        self.service = service
        self.prefix = prefix
        self.environment = environment
        self.includesDeleted = includesDeleted
        self.limit = limit
        self.cursor = cursor
    }
}

extension ListRequest {
    /// The parameters of this call.
    package static let parameters = [
        QueryName.serviceName, QueryName.prefix, QueryName.environment, QueryName.deleted, QueryName.view,
        QueryName.limit, QueryName.cursor,
    ]
    private static let headsView = "heads"

    /// Reads a query; nil when there is none.
    package init(query: String?) throws(Problem) {
        let query = try QueryParameters(query, known: Self.parameters)
        try self.init(query)
        environment = try query.name(QueryName.environment, .environment)
        service = try query.name(QueryName.serviceName, .service)
        guard cursor == nil || after != nil else { throw Self.foreignCursor }
    }

    /// Reads what all lists have.
    private init(_ query: QueryParameters) throws(Problem) {
        self.init()
        switch query[QueryName.view] {
        case nil: hasContents = true
        case Self.headsView: hasContents = false
        default: throw QueryParameters.invalid(QueryName.view, "must be heads; leave it out for whole records.")
        }
        prefix = try query.name(QueryName.prefix, .service)
        includesDeleted = try query.flag(QueryName.deleted)
        cursor = query[QueryName.cursor]
        limit = try query.integer(QueryName.limit, in: 1...Int64(APILimits.list)).map { Int($0) }
    }

    /// Reads the query of a list of schemas; nil when there is none.
    package init(schemas query: String?) throws(Problem) {
        let query = try QueryParameters(
            query,
            known: [QueryName.prefix, QueryName.deleted, QueryName.view, QueryName.limit, QueryName.cursor])
        try self.init(query)
        listsSchemas = true
        guard cursor == nil || after != nil else { throw Self.foreignCursor }
    }

    private static let foreignCursor = QueryParameters.invalid(
        QueryName.cursor, "must be taken from the Link header of the page before.")

    /// The document behind which the page begins; nil at the beginning.
    package var after: DocumentKey? {
        cursor.flatMap { text in
            if listsSchemas { return try? SchemaDocument.key(of: text) }
            // As `link` writes it: with its environment.
            return text.contains("/") ? try? DocumentKey(parsing: text) : nil
        }
    }

    /// The value of the header that leads to the page behind a document.
    package func link(after last: DocumentKey) -> String {
        var next = self
        next.cursor = listsSchemas ? last.service : last.description
        return PageLink.header(to: next.request.target)
    }

    /// The request as HTTP has it.
    package var request: RegistryRequest {
        RegistryRequest(
            path: listsSchemas ? APIPath.schemas : APIPath.configs,
            query: [
                (QueryName.serviceName, service), (QueryName.prefix, prefix), (QueryName.environment, environment),
                (QueryName.deleted, includesDeleted ? "true" : nil),
                (QueryName.view, hasContents ? nil : Self.headsView), (QueryName.limit, limit.map { String($0) }),
                (QueryName.cursor, cursor),
            ],
            maximumResponse: APILimits.listResponse)
    }
}
