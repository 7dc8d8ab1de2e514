package import ConfigModel

/// Which versions are wanted, of all that the store has.
package struct AuditQuery: Sendable, Equatable {
    /// Only of this service.
    package var service: String?
    /// Only of services that are this name or lie below it, by whole dot-separated segments.
    package var prefix: String?
    /// Only of this environment, which may be a reserved one; nil for all, reserved ones too.
    package var environment: String?
    /// Only by this author.
    package var createdBy: String?
    /// Only those that did this.
    package var changeType: ChangeType?
    /// Only those that were requested under this identifier.
    package var correlationID: String?
    /// Only the members of this change set.
    package var changeSetID: String?
    /// Only those with findings that their author let pass.
    package var hasOverrides = false
    /// Only those made then or later.
    package var since: Timestamp?
    /// Only those made before.
    package var until: Timestamp?
    /// Only what the store got before this position.
    package var after: AuditPosition?
    /// At most so many.
    package var limit: Int
    /// The store looks at no more versions than this, whether they fit or not, give or take those that it gets meanwhile.
    package var scanLimit: Int

    /// Everything, the newest first.
    package init(limit: Int = 50, scanLimit: Int = 10_000) {
        self.limit = limit
        self.scanLimit = scanLimit
    }
}

extension AuditQuery {
    private static let largestClockLead: Int64 = 86_400_000

    /// What the store got earlier was made before `since`, so that it need not be looked at: the clock of a registry is never a
    /// day ahead of the store's.
    package var earliestArrival: Timestamp? {
        since.map { Timestamp(milliseconds: max(0, $0.milliseconds - Self.largestClockLead)) }
    }
}
