/// What an audit did since it started.
package struct AuditCounters: Sendable, Equatable {
    /// Lines written.
    package var entries = 0
    /// Announcements of versions that were in the log already.
    package var duplicates = 0
    /// Messages that are no event.
    package var poison = 0
    /// Announcements of versions that the registry does not have: forgeries.
    package var unconfirmed = 0
    /// Announcements of another epoch than the registry's.
    package var foreign = 0
    /// Versions that do not hang on the version before, or whose version before is missing.
    package var broken = 0
    /// Versions that the registry cannot read, because they are damaged in its store.
    package var damaged = 0
    /// Versions that were let go before the audit read them.
    package var pruned = 0
    /// Documents about which the registry's responses are wrong.
    package var refused = 0
    /// What is tried again.
    package var failures = Failures()

    /// Attempts that failed.
    package struct Failures: Sendable, Equatable {
        /// To reach the registry.
        package var outages = 0
        /// To write to the log.
        package var writes = 0
        /// To store a checkpoint with the registry.
        package var anchors = 0
    }
}
