package import ConfigAccess
package import ConfigModel

/// Which entries of the access log are wanted.
package struct AccessLogQuery: Sendable, Equatable {
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
    /// Behind the last entry of a page: its `AccessLogPage.next`, the text of an `AccessLogPosition`.
    package var after: String?
    /// At most so many; at least 1.
    package var limit: Int

    /// Everything, the newest first.
    package init(limit: Int = 100) { self.limit = limit }
}

/// Some entries of the access log.
package struct AccessLogPage: Sendable, Equatable {
    /// Newest first.
    package var entries: [AccessLogEntry]
    /// Where the next page begins; nil when this is the last one.
    package var next: String?

    /// Puts a page together.
    package init(entries: [AccessLogEntry], next: String? = nil) {
        self.entries = entries
        self.next = next
    }
}
