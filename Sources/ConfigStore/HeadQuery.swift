package import ConfigModel

/// Which heads are wanted.
package struct HeadQuery: Sendable, Equatable {
    /// Only this environment; nil for every one that is not reserved.
    package var environment: String?
    /// Only this service.
    package var service: String?
    /// Only services that are this name or lie below it: whole dot-separated segments, so that `tenants.acme` means
    /// `tenants.acme` and `tenants.acme.monitors` but not `tenants.acme2`.
    package var prefix: String?
    /// Tombstones too.
    package var includesDeleted: Bool
    /// Without an environment, those that are reserved too.
    package var includesReserved = false
    /// Only documents behind this one in key order.
    package var after: DocumentKey?
    /// At most this many.
    package var limit: Int
    /// Nothing is read behind the head with which the contents come to so much together.
    package var maximumBytes: Int

    /// All living heads by default, 100 at a time.
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

extension HeadQuery {
    /// The largest page that is read to get past rows that name no possible document.
    private static let largestPage = 100_000

    /// The query for what lies behind a page; nil when nothing does.
    ///
    /// A page that names no possible document is read again, twice as large.
    package func next(after page: VersionPage) -> HeadQuery? {
        guard page.isFull(limit: limit, maximumBytes: maximumBytes) else { return nil }
        return next(after: page.map(\.record.key) + page.damaged.compactMap(\.key))
    }

    /// The same for a page of outlines.
    package func next(after page: OutlinePage) -> HeadQuery? {
        guard page.rowCount >= limit else { return nil }
        return next(after: page.map(\.key) + page.damaged.compactMap(\.key))
    }

    private func next(after keys: [DocumentKey]) -> HeadQuery? {
        var next = self
        if let last = keys.max() {
            next.after = last
        } else {
            guard limit < Self.largestPage else { return nil }
            next.limit = limit * 2
        }
        return next
    }
}
