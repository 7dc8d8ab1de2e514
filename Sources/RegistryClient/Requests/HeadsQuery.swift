/// Which documents are wanted.
public struct HeadsQuery: Sendable, Equatable {
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

    /// Describes a query; without arguments the living documents of all environments.
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
