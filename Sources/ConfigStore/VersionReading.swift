package import ConfigModel

/// The port to the versions in a store, for those who only read. Every adapter passes the same conformance suite.
///
/// All reads are majority reads: what they return cannot be lost any more. Every version is proven when it is read: its
/// hashes are computed again. A read of one version throws `StoreError.damaged` for one that does not hold; a read of several
/// leaves it out and names it beside the others. Versions behind the mark of their document (`PruningStore`) are not there.
package protocol VersionReading: Sendable {
    /// The newest version, tombstones included; nil when the document never existed. One seek.
    func head(of key: DocumentKey) async throws(StoreError) -> StoredVersion?

    /// One version; nil when it does not exist.
    func version(_ version: Int64, of key: DocumentKey) async throws(StoreError) -> StoredVersion?

    /// The version that a change identifier made; nil when there is none.
    func change(_ changeID: String, of key: DocumentKey) async throws(StoreError) -> StoredVersion?

    /// Versions newest first, below `before` when it is given, at most `limit`.
    ///
    /// - Parameter maximumBytes: nothing is read behind the version with which the contents come to so much together, so
    ///   that one at least is read.
    func history(
        of key: DocumentKey, before: Int64?, limit: Int, maximumBytes: Int
    ) async throws(StoreError) -> VersionPage

    /// The heads of many documents in key order (environment, then service).
    func heads(_ query: HeadQuery) async throws(StoreError) -> VersionPage

    /// The same without their contents, which are not read and not compared with their hashes.
    func outlines(_ query: HeadQuery) async throws(StoreError) -> OutlinePage

    /// The heads of exactly these documents, in any order; those that never existed are absent.
    func heads(of keys: [DocumentKey]) async throws(StoreError) -> VersionPage

    /// Exactly these versions, in any order; those that do not exist are absent.
    func versions(_ versions: [VersionIdentity]) async throws(StoreError) -> VersionPage

    /// The versions that were published as this change set, in any order; none when there is no such set. A member whose row
    /// does not name the set any more, because it was damaged, is absent.
    func versions(ofChangeSet id: String) async throws(StoreError) -> VersionPage
}

extension VersionReading {
    /// Versions newest first, however large they are.
    package func history(
        of key: DocumentKey, before: Int64?, limit: Int
    ) async throws(StoreError) -> VersionPage {
        try await history(of: key, before: before, limit: limit, maximumBytes: .max)
    }
}
