package import ConfigModel
package import ConfigStore
package import Logging
import Synchronization

/// The store of versions in MongoDB.
///
/// Database `configbus` unless the URI's path names another; collection `versions` with one document a version, `meta` with
/// what the store says about itself, and those of `MongoCollection` with the identities. Calls run on a bounded number of connections, each on a queue of its own, because the driver
/// blocks.
package final class MongoStore: RegistryStore {
    let workers: WorkerPool
    let unreadable: UnreadableTokens
    private let appends: GroupCommit
    let resolutionTimeout: Duration
    package let removalGrace: Duration
    /// True once the server is known to have transactions and older programs are kept from the store.
    let isReadyForSets = Mutex(false)
    private let documents = DocumentCount()

    private init(workers: WorkerPool, options: MongoOptions, logger: Logger) {
        self.workers = workers
        unreadable = UnreadableTokens(logger: logger)
        appends = GroupCommit(waitingLimit: options.waitingCalls) { records throws(StoreError) in
            try await workers.run { client throws(MongoFailure) in try client.insert(records) }
        }
        resolutionTimeout = options.resolutionTimeout
        removalGrace = options.removalGrace
    }

    /// Whether a URI can be read; nothing is connected.
    ///
    /// - Throws: `UnreadableURI`, which never contains the URI.
    package static func check(uri: String) throws(UnreadableURI) {
        _ = try MongoURI.parse(uri, options: MongoOptions())
    }

    /// The server on another machine to which a URI leads without TLS; nil when there is none, or the URI cannot be read.
    package static func plaintextServer(in uri: String) -> String? {
        guard let uri = try? MongoURI.parse(uri, options: MongoOptions()) else { return nil }
        return uri.plaintextServer
    }

    /// The servers and the database that a URI names, without what else is in it; nil when it cannot be read.
    package static func place(of uri: String) -> String? {
        guard let uri = try? MongoURI.parse(uri, options: MongoOptions()) else { return nil }
        return "MongoDB at \(uri.search.servers), database \(uri.database)"
    }

    /// Whether a URI holds a password.
    package static func holdsPassword(_ uri: String) -> Bool {
        guard let uri = try? MongoURI.parse(uri, options: MongoOptions()) else { return false }
        return uri.holdsPassword
    }

    /// Connects, makes the indexes and the epoch that are missing, and proves that the store can be used as it must.
    ///
    /// - Throws: `StoreError.invalid` with a sentence for a person when the URI, the permissions or an index are not as
    ///   they must be; `StoreError.unavailable` when the server does not answer.
    package static func open(
        uri: String, options: MongoOptions = .init(), logger: Logger
    ) async throws(StoreError) -> MongoStore {
        let workers = try await MongoConnector().connect(uri, options)
        let database: String
        do throws(StoreError) {
            database = try await workers.run { client throws(MongoFailure) in
                try client.setUp(takesRestore: options.takesRestore)
                return client.database
            }
        } catch {
            await workers.close()
            throw error
        }
        logger.info("opened the store", metadata: ["store": "mongodb", "database": "\(database)"])
        return MongoStore(workers: workers, options: options, logger: logger)
    }

    package func append(_ record: VersionRecord) async throws(StoreError) -> AppendOutcome {
        let deadline = ContinuousClock.now + resolutionTimeout
        guard let failure = try await appends.append(record) else { return .stored }
        guard failure.kind.leavesOutcomeOpen else { throw workers.storeError(failure) }
        return try await workers.run { client throws(MongoFailure) in
            if failure.kind == .unavailable { client.endAbandonedTransactions() }
            return try client.resolve(record, after: failure, until: deadline)
        }
    }

    package func head(of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await workers.run { client throws(MongoFailure) in try client.head(of: key) }
    }

    package func version(_ version: Int64, of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await workers.run { client throws(MongoFailure) in try client.version(version, of: key) }
    }

    package func change(_ changeID: String, of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await workers.run { client throws(MongoFailure) in try client.change(changeID, of: key) }
    }

    package func history(
        of key: DocumentKey, before: Int64?, limit: Int, maximumBytes: Int
    ) async throws(StoreError) -> VersionPage {
        let end = before ?? .max
        guard end > 1, limit > 0 else { return VersionPage() }
        return try await workers.run { client throws(MongoFailure) in
            try client.history(of: key, before: end, limit: limit, maximumBytes: maximumBytes)
        }
    }

    package func heads(_ query: HeadQuery) async throws(StoreError) -> VersionPage {
        try await workers.run { client throws(MongoFailure) in try client.heads(query) }
    }

    package func outlines(_ query: HeadQuery) async throws(StoreError) -> OutlinePage {
        try await workers.run { client throws(MongoFailure) in try client.outlines(query) }
    }

    package func heads(of keys: [DocumentKey]) async throws(StoreError) -> VersionPage {
        try await workers.run { client throws(MongoFailure) in try client.heads(of: keys) }
    }

    package func versions(_ versions: [VersionIdentity]) async throws(StoreError) -> VersionPage {
        try await workers.run { client throws(MongoFailure) in try client.versions(versions) }
    }

    package func unannounced(limit: Int) async throws(StoreError) -> UnannouncedVersions {
        try await workers.run { client throws(MongoFailure) in
            // Every registry does this every few seconds: a good moment to look for what a dead one left in the way.
            client.endAbandonedTransactions()
            return try client.unannounced(limit: limit)
        }
    }

    package func markAnnounced(_ versions: [VersionIdentity]) async throws(StoreError) {
        try await workers.run { client throws(MongoFailure) in try client.markAnnounced(versions) }
    }

    package func state() async throws(StoreError) -> StoreState {
        try await workers.run { client throws(MongoFailure) in try client.state() }
    }

    package func replaceEpoch(
        _ current: Epoch, by next: Epoch, statement: EpochStatement?
    ) async throws(StoreError) -> Bool {
        let deadline = ContinuousClock.now + resolutionTimeout
        return try await workers.run { client throws(MongoFailure) in
            try client.replaceEpoch(current, by: next, statement: statement, until: deadline)
        }
    }

    package func setSigning(_ rule: SigningRule) async throws(StoreError) {
        let deadline = ContinuousClock.now + resolutionTimeout
        try await workers.run { client throws(MongoFailure) in try client.setSigning(rule, until: deadline) }
    }

    package func noteSchemaChange() async throws(StoreError) {
        let deadline = ContinuousClock.now + resolutionTimeout
        try await workers.run { client throws(MongoFailure) in try client.raiseSchemaNumber(until: deadline) }
    }

    package func anchor(of log: String) async throws(StoreError) -> AuditAnchor? {
        try await workers.run { client throws(MongoFailure) in try client.anchor(of: log) }
    }

    package func raiseAnchor(_ anchor: AuditAnchor) async throws(StoreError) -> AuditAnchor {
        try await workers.run { client throws(MongoFailure) in try client.raiseAnchor(anchor) }
    }

    package func giveAnchor(of log: String, to owner: String) async throws(StoreError) -> Bool {
        try await workers.run { client throws(MongoFailure) in try client.giveAnchor(of: log, to: owner) }
    }

    package func outlines(after version: VersionIdentity?, limit: Int) async throws(StoreError) -> OutlinePage {
        try await workers.run { client throws(MongoFailure) in try client.outlines(after: version, limit: limit) }
    }

    package func replaceSignatures(_ changes: [SignatureChange]) async throws(StoreError) {
        let deadline = ContinuousClock.now + resolutionTimeout
        try await workers.run { client throws(MongoFailure) in
            try client.replaceSignatures(changes, until: deadline)
        }
    }

    package func statistics() async throws(StoreError) -> StoreStatistics {
        let documents = documents
        return try await workers.run { client throws(MongoFailure) in try client.statistics(documents: documents) }
    }

    package func close() async { await workers.close() }

    /// Runs a change that is harmless to do twice, again and again while it is not known whether it was done.
    func resolving<Value: Sendable>(
        _ change: @Sendable (MongoClient) throws(MongoFailure) -> Value
    ) async throws(StoreError) -> Value {
        let deadline = ContinuousClock.now + resolutionTimeout
        return try await workers.run { client throws(MongoFailure) in
            try client.repeating(until: deadline) { () throws(MongoFailure) in try change(client) }
        }
    }
}
