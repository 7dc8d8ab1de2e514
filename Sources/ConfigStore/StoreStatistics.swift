package import ConfigModel

/// Figures of a store.
package struct StoreStatistics: Sendable, Equatable {
    /// The kind: `mongodb`, `sqlite`.
    package let kind: String
    /// Documents that ever existed, tombstones included, those of reserved environments not.
    package let documents: Int64
    /// Versions; may be an estimate on large stores.
    package let versions: Int64
    /// Versions that are not marked as announced.
    package let unannounced: Int64
    /// The age of the oldest of them by the store's own clock; nil when there is none.
    package let oldestUnannounced: Duration?
    /// The store's own clock; nil when it is the one of the registry's machine.
    package let clock: Timestamp?

    /// Puts the figures together.
    package init(
        kind: String, documents: Int64, versions: Int64, unannounced: Int64, oldestUnannounced: Duration?,
        clock: Timestamp? = nil
    ) {
        self.kind = kind
        self.documents = documents
        self.versions = versions
        self.unannounced = unannounced
        self.oldestUnannounced = oldestUnannounced
        self.clock = clock
    }
}
