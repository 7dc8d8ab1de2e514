/// What an identity may do to the documents of a grant.
package enum Role: String, Sendable, Hashable, CaseIterable {
    /// Reads documents, versions, history and differences; lists and watches.
    case reader
    /// What a reader may, and reports what its instance runs.
    case watcher
    /// What a reader may, and makes versions.
    case publisher
    /// What a publisher may, and deletes documents and manages identities within its own grants.
    case admin
    /// What a reader may, and reads the audit with values; for every document also the access log and the anchors of audit logs.
    case auditor
    /// What a watcher may, and passes on what others report.
    case relay
    /// Reads metrics, counters and the details of health, and no document. Its documents are always `#/*`.
    case monitor

    /// True when it reads the documents of its grant. A writer learns the content from what is refused, so that
    /// a role that writes reads too.
    package var reads: Bool { self != .monitor }

    /// True when an identity with it may be given the other role for the same documents without being able to reach more: an
    /// administrator gives any role.
    package func includes(_ other: Role) -> Bool {
        self == other || Self.included[self, default: []].contains(other)
    }

    private static let included: [Role: Set<Role>] = [
        .watcher: [.reader],
        .publisher: [.reader],
        .admin: Set(Role.allCases),
        .auditor: [.reader],
        .relay: [.watcher, .reader],
    ]
}

/// What an identity may do beside its grants.
package enum Right: String, Sendable, Hashable, CaseIterable {
    /// Names the person for whom it makes a change.
    case onBehalf = "on_behalf"
    /// Changes what is frozen, in an emergency.
    case emergency
    /// Takes a rollout to its next step.
    case advance
}
