package import ConfigModel

/// The port to what a store no longer keeps: the oldest versions of documents.
///
/// A document's mark says up to which version nothing is kept any more. From the moment when it stands, reads find nothing at or
/// below it, whether or not the rows are removed yet. The row of version 1 stays, without its content, because documents are
/// listed by it.
package protocol PruningStore: Sendable {
    /// The marks of these documents; those without one are absent.
    func pruneMarks(of keys: [DocumentKey]) async throws(StoreError) -> [DocumentKey: PruneMark]

    /// Marks in the order of `SignatureStore.outlines(after:limit:)`, at most `limit`.
    func pruneMarks(after key: DocumentKey?, limit: Int) async throws(StoreError) -> [PruneMark]

    /// The mark that would let go as much of a document as may go; nil when nothing may.
    ///
    /// It never reaches beyond the first version that is not announced or too young.
    ///
    /// - Parameters:
    ///   - last: the last version that may go, below the head.
    ///   - age: how long ago, by the store's clock, each of them was stored at least.
    /// - Throws: `StoreError.damaged` when the last one of them is, so that there is no hash for the next one to be chained to.
    func prunable(of key: DocumentKey, upTo last: Int64, storedFor age: Duration) async throws(StoreError) -> PruneMark?

    /// Sets the mark of its document; one that reaches further stays.
    func raise(_ mark: PruneMark) async throws(StoreError)

    /// Removes versions behind a document's mark, at most `limit`, and with the last of them the content of version 1. Young
    /// versions stay for `removalGrace`.
    ///
    /// - Returns: how many were removed, version 1's content being one; fewer than `limit` when nothing is left to remove.
    func removePruned(of key: DocumentKey, limit: Int) async throws(StoreError) -> Int

    /// How long after a document's mark was set the rows of young versions stay, so that their numbers stay taken: other registries
    /// may be about to write what follows a head that they remember.
    var removalGrace: Duration { get }

    /// Overwrites what removed versions left in the store's files, where the store can: it takes time and room for all of them.
    func eraseRemoved() async throws(StoreError)

    /// True when this registry may prune for so long, by the store's clock; false while another may.
    func leasePruning(to registry: String, for time: Duration) async throws(StoreError) -> Bool
}

/// Up to where the versions of a document are not kept any more.
package struct PruneMark: Sendable, Hashable {
    /// The document.
    package let key: DocumentKey
    /// This version and all before it are gone.
    package let through: Int64
    /// The record hash of that version, which the next one names as its previous one.
    package let recordHash: String

    /// Puts a mark together.
    package init(key: DocumentKey, through: Int64, recordHash: String) {
        self.key = key
        self.through = through
        self.recordHash = recordHash
    }
}
