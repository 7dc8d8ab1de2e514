import ConfigAccess
import ConfigModel
package import ConfigStore

/// Puts a backup that was verified into a store: the mark first, then the versions in their order, then the rest, the epoch, and
/// last the mark goes. Whenever it ends before, the same again goes on where it was.
package struct RestoreRun: Sendable {
    private static let batchVersions = 500
    private static let batchBytes = 4 << 20

    private let store: any RestoringStore & RegistryStore
    private let backup: BackupSummary
    private let hasAccess: Bool
    private let mark: RestoreMark
    /// True when an earlier run came to its end: nothing is written.
    package let isDone: Bool
    /// The last version that an earlier run left there.
    private let position: VersionIdentity?
    /// The document of the last line.
    private var document: DocumentKey?
    /// How many documents begin without the content of their version 1.
    private var shells = 0
    private var batch: [VersionRecord] = []
    private var bytes = 0
    private var anchors: [AuditAnchor] = []
    private var access = RestoredAccess()

    /// Leaves the mark in the store, or finds that of an earlier run.
    ///
    /// - Parameters:
    ///   - backup: what was found when it was verified.
    ///   - hasAccess: true when identities come back too.
    package init(
        of backup: BackupSummary, into store: any RestoringStore & RegistryStore, hasAccess: Bool
    ) async throws(RestoreError) {
        self.store = store
        self.backup = backup
        self.hasAccess = hasAccess
        guard !hasAccess || backup.header.hasAccess else { throw .noAccess }
        let mark = RestoreMark(backup: backup.trailer.checksum, hasAccess: hasAccess)
        self.mark = mark
        isDone = try await Self.begin(mark, in: store)
        position = try await Self.storing { () throws(StoreError) in try await store.lastRestored() }
    }

    /// - Returns: true when the store holds this backup already.
    private static func begin(
        _ mark: RestoreMark, in store: any RestoringStore
    ) async throws(RestoreError) -> Bool {
        // Before the others: what comes to its end behind this is seen when the mark is left.
        let finished = try await storing { () throws(StoreError) in try await store.finishedRestore() }
        if let found = try await storing({ () throws(StoreError) in try await store.restoreMark() }) {
            guard found.backup == mark.backup else { throw .otherBackup }
            guard found.hasAccess == mark.hasAccess else { throw .otherAccess(hadAccess: found.hasAccess) }
        } else if try await storing({ () throws(StoreError) in try await store.isEmpty() }) {
            let isBegun = try await storing { () throws(StoreError) in
                try await store.beginRestore(mark, after: finished)
            }
            guard isBegun else { throw .otherRestore }
        } else {
            guard finished == mark else { throw .notEmpty }
            return true
        }
        return false
    }

    /// Takes what the next line of the backup holds.
    package mutating func take(_ item: BackupItem) async throws(RestoreError) {
        switch item {
        case .record(let record):
            document = record.key
            let identity = VersionIdentity(key: record.key, version: record.version)
            if let position, !VersionIdentity.precedes(position, identity) {
                if position == identity { try await requireSame(record) }
                return
            }
            guard !isDone else { throw .notEmpty }
            batch.append(record)
            bytes += record.content.bytes.count
            if batch.count >= Self.batchVersions || bytes >= Self.batchBytes { try await flush() }
        case .pruned(let pruned):
            try await flush()
            if document != pruned.key { shells += 1 }
            document = pruned.key
            guard !isDone else { return }
            let store = store
            let mark = PruneMark(key: pruned.key, through: pruned.through, recordHash: pruned.recordHash)
            try await Self.storing { () throws(StoreError) in
                try await store.restore(mark, first: pruned.first.withoutContent)
            }
        case .anchor(let anchor): anchors.append(anchor)
        case .name(let name): access.names.append(name)
        case .token(let token): access.tokens.append(token)
        case .denial(let denial): access.denials.append(denial)
        }
    }

    /// What is there of an earlier run is a part of this backup, unless another program wrote into the store meanwhile.
    private func requireSame(_ record: VersionRecord) async throws(RestoreError) {
        let store = store
        let found = try await Self.storing { () throws(StoreError) in
            try await store.version(record.version, of: record.key)
        }
        // None for one behind the mark of its document.
        guard let found, found.record.recordHash != record.recordHash else { return }
        throw isDone ? .notEmpty : .otherVersion(VersionIdentity(key: record.key, version: record.version))
    }

    /// Ends the restore: from then on the store is served.
    ///
    /// - Returns: what the store says about itself; of an earlier run that came to its end what it said.
    package mutating func finish(_ epoch: RestoredEpoch) async throws(RestoreError) -> StoreState {
        try await flush()
        let (store, mark, anchors, access) = (store, mark, anchors, hasAccess ? access : RestoredAccess())
        let count = try await Self.storing { () throws(StoreError) in try await store.versionCount() }
        guard count == Int64(backup.trailer.counts.versions + shells) else {
            throw isDone ? .notEmpty : .disturbed(found: count, expected: backup.trailer.counts.versions)
        }
        if isDone { return try await Self.storing { () throws(StoreError) in try await store.state() } }
        try await Self.storing { () throws(StoreError) in try await store.restore(anchors, access) }
        let state = StoreState(
            epoch: epoch.epoch, statement: epoch.statement, signing: backup.header.signing,
            authentication: backup.header.authentication)
        let isFinished = try await Self.storing { () throws(StoreError) in
            try await store.finishRestore(mark, state)
        }
        guard isFinished else { throw .otherRestore }
        return state
    }

    private mutating func flush() async throws(RestoreError) {
        guard let first = batch.first else { return }
        do throws(StoreError) {
            try await store.restore(batch)
        } catch {
            // Another restore of the same backup put it there; this run began behind all that there was.
            let isTaken = try? await store.version(first.version, of: first.key) != nil
            guard case .invalid = error, isTaken == true else { throw .store(error) }
            throw .otherRestore
        }
        batch.removeAll(keepingCapacity: true)
        bytes = 0
    }

    private static func storing<Value: Sendable>(
        _ call: () async throws(StoreError) -> Value
    ) async throws(RestoreError) -> Value {
        do throws(StoreError) { return try await call() } catch { throw .store(error) }
    }
}
