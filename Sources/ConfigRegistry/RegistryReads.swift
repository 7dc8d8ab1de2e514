package import ConfigModel
package import ConfigStore

/// What documents and versions can be read of, and watched: a registry, or something that passes on what a registry says.
package protocol RegistryReads: Sendable {
    /// The epoch as last read.
    var epoch: Epoch { get }

    /// The signed statement that this epoch counts; nil when there is none, or when it is not the present epoch any more.
    func statement(about epoch: Epoch) -> EpochStatement?

    /// The head when it can be served at once from memory: living, proven within the head lifetime, and as the options
    /// require.
    func cachedHead(of key: DocumentKey, _ options: HeadOptions) -> HeadSnapshot?

    /// The head, a tombstone perhaps; nil when the document never existed.
    func head(of key: DocumentKey, _ options: HeadOptions) async throws(RegistryError) -> HeadSnapshot?

    /// The head as soon as its `ETag` differs from the given one, or as it is when the time is over.
    func head(
        of key: DocumentKey, changedFrom etag: String, within wait: Duration
    ) async throws(RegistryError) -> HeadSnapshot?

    /// The heads of some documents, in the order of the requests; each is what `head(of:_:)` returns or throws.
    func heads(of requests: [HeadRequest]) async throws(RegistryError) -> [Result<HeadSnapshot?, RegistryError>]

    /// The heads of many documents in key order.
    func heads(_ query: HeadQuery) async throws(RegistryError) -> VersionPage

    /// The same without their contents.
    func outlines(_ query: HeadQuery) async throws(RegistryError) -> OutlinePage

    /// One version.
    func version(_ version: Int64, of key: DocumentKey) async throws(RegistryError) -> VersionRecord

    /// Two versions to compare: by default the last two. `old` is nil when `new` is version 1 and no old one was requested.
    func versions(
        old: Int64?, new: Int64?, of key: DocumentKey
    ) async throws(RegistryError) -> (old: VersionRecord?, new: VersionRecord)

    /// Versions newest first, below `before` when it is given; empty when the document never existed.
    ///
    /// - Parameter maximumBytes: the list ends with the version with which the contents come to so much together.
    func history(
        of key: DocumentKey, before: Int64?, limit: Int, maximumBytes: Int
    ) async throws(RegistryError) -> VersionPage

    /// Runs `body` with a watch, which first shows every head that is not `known`, then `synced`, then what changes.
    ///
    /// - Parameter mayRead: says which of the matching documents the caller may see; nil for all of them.
    /// - Throws: `RegistryError` before `body` is called, when the heads cannot be read; then whatever `body` throws.
    func withWatch<Result: Sendable>(
        _ filter: WatchFilter, known: [DocumentKey: Int64], mayRead: (@Sendable (DocumentKey) -> Bool)?,
        on executor: WatchExecutor,
        onReady: @escaping @Sendable () -> Void, _ body: (Watch) async throws -> Result
    ) async throws -> Result
}

extension Registry: RegistryReads {}
