package import ConfigModel

/// Which heads are wanted.
package struct HeadQuery: Sendable, Equatable {
    /// Only this environment.
    package var environment: String?
    /// Only this service.
    package var service: String?
    /// Only services that are this name or lie below it: whole dot-separated segments, so that `tenants.acme` means
    /// `tenants.acme` and `tenants.acme.monitors` but not `tenants.acme2`.
    package var prefix: String?
    /// Tombstones too.
    package var includesDeleted: Bool
    /// Only documents behind this one in key order.
    package var after: DocumentKey?
    /// At most this many.
    package var limit: Int
    /// Nothing is read behind the head with which the contents come to so much together.
    package var maximumBytes: Int

    package init(
        environment: String? = nil, service: String? = nil, prefix: String? = nil, includesDeleted: Bool = false,
        after: DocumentKey? = nil, limit: Int = 100, maximumBytes: Int = .max
    ) {
        self.environment = environment
        self.service = service
        self.prefix = prefix
        self.includesDeleted = includesDeleted
        self.after = after
        self.limit = limit
        self.maximumBytes = maximumBytes
    }
}
