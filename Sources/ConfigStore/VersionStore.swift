package import ConfigModel

/// The port to the store of versions. `append` returns after the version is on the journal of a majority.
package protocol VersionStore: VersionReading {
    /// Adds the next version of a document; the key and number are the compare-and-set.
    ///
    /// Appending the very same record again (same change identifier) is harmless and returns `.stored`, so that an
    /// unknown outcome is resolved by doing it again.
    func append(_ record: VersionRecord) async throws(StoreError) -> AppendOutcome

    /// Adds the next versions of several documents as one: all of them, or none.
    ///
    /// Appending the very same set again is harmless and returns `.stored`, as for one record.
    ///
    /// - Parameter set: 1 to 100 versions of different documents, the members of one change set.
    /// - Throws: `StoreError.unsupported` where the store's server cannot do it.
    func append(_ set: [VersionRecord]) async throws(StoreError) -> SetAppendOutcome

    /// Versions that are not marked as announced, at most `limit`; the order is by the store's clock. How old they are is for
    /// the caller to find out: the clock may have been wrong when they were stored.
    func unannounced(limit: Int) async throws(StoreError) -> UnannouncedVersions

    /// Marks versions as announced; unknown or already marked ones are ignored.
    func markAnnounced(_ versions: [VersionIdentity]) async throws(StoreError)

    /// Figures of the store.
    func statistics() async throws(StoreError) -> StoreStatistics

    /// Finishes what is under way and releases connections or files; every later call fails.
    func close() async
}

/// Everything that a registry keeps.
package typealias RegistryStore = VersionStore & EpochStore & AnchorStore & SignatureStore & AccessStore & PruningStore
    & BackupReading
    & AuditQueries
