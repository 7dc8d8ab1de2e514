package import ConfigModel
import ConfigRegistry
package import ConfigStore
import Synchronization

/// A store in memory with the semantics of the port, for tests of rules: fast, and it fails and pauses when a test says so.
package final class InMemoryVersionStore: RegistryStore {
    let state: Mutex<InMemoryVersions>
    let faults = StoreFaults()

    package init(epoch: Epoch = InMemoryVersionStore.newEpoch()) {
        state = Mutex(InMemoryVersions(epoch: epoch))
    }

    /// An epoch that no other store has.
    package static func newEpoch(number: Int64 = 1) -> Epoch {
        func digits(_ count: Int) -> String {
            String((0..<count).map { _ in "0123456789abcdef".randomElement() ?? "0" })
        }
        return Epoch(
            number: number, identifier: [8, 4, 4, 4, 12].map(digits).joined(separator: "-"))
    }

    package func append(_ record: VersionRecord) async throws(StoreError) -> AppendOutcome {
        let fault = try await faults.beforeAppend()
        if let outcome = fault?.instead { return outcome }
        if let error = fault?.before { throw error }
        let outcome = state.withLock { $0.append(record) }
        if let error = fault?.after { throw error }
        return outcome
    }

    package func append(_ set: [VersionRecord]) async throws(StoreError) -> SetAppendOutcome {
        let fault = try await faults.beforeAppend()
        if fault?.instead != nil { return .taken(set.map(\.key)) }
        if let error = fault?.before { throw error }
        let outcome = try state.withLock { versions in
            Result { () throws(DamagedVersion) in try versions.append(set) }
        }.mapError { StoreError.damaged($0) }.get()
        if let error = fault?.after { throw error }
        return outcome
    }

    package func head(of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await only { $0.documents[key]?.last?.stored }
    }

    package func version(_ version: Int64, of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await only { $0.documents[key]?.first { $0.stored.record.version == version }?.stored }
    }

    package func change(_ changeID: String, of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await only { $0.documents[key]?.first { $0.stored.record.changeID == changeID }?.stored }
    }

    package func history(
        of key: DocumentKey, before: Int64?, limit: Int, maximumBytes: Int
    ) async throws(StoreError) -> VersionPage {
        try await page { versions in
            let rows = versions.kept(key)
            let found = rows.map(\.stored).filter { $0.record.version < before ?? .max }.reversed().prefix(limit)
            return versions.read(InMemoryVersions.bounded(Array(found), maximumBytes))
        }
    }

    package func outlines(_ query: HeadQuery) async throws(StoreError) -> OutlinePage {
        try await read { versions in
            var query = query
            query.maximumBytes = .max
            let page = versions.read(versions.heads(query))
            return OutlinePage(page.map { .success(RecordOutline($0.record)) } + page.damaged.map { .failure($0) })
        }
    }

    package func heads(_ query: HeadQuery) async throws(StoreError) -> VersionPage {
        try await page { $0.read($0.heads(query)) }
    }

    package func heads(of keys: [DocumentKey]) async throws(StoreError) -> VersionPage {
        try await page { versions in versions.read(keys.compactMap { versions.documents[$0]?.last?.stored }) }
    }

    package func versions(_ versions: [VersionIdentity]) async throws(StoreError) -> VersionPage {
        try await page { all in
            all.read(
                versions.compactMap { version in
                    all.documents[version.key]?.first { $0.stored.record.version == version.version }?.stored
                })
        }
    }

    package func versions(ofChangeSet id: String) async throws(StoreError) -> VersionPage {
        try await page { versions in
            versions.read(versions.documents.values.joined().map(\.stored).filter { $0.record.changeSet?.id == id })
        }
    }

    package func unannounced(limit: Int) async throws(StoreError) -> UnannouncedVersions {
        try await read { versions in
            UnannouncedVersions(
                versions: versions.unannounced(limit: limit).map {
                    VersionIdentity(key: $0.record.key, version: $0.record.version)
                })
        }
    }

    package func markAnnounced(_ versions: [VersionIdentity]) async throws(StoreError) {
        try await faults.beforeMark()
        state.withLock { $0.mark(versions) }
    }

    package func state() async throws(StoreError) -> StoreState {
        try await read {
            StoreState(
                epoch: $0.epoch, statement: $0.statement, signing: $0.signing, authentication: $0.access.rule,
                access: $0.access.number, schemas: $0.schemas)
        }
    }

    package func replaceEpoch(
        _ current: Epoch, by next: Epoch, statement: EpochStatement?
    ) async throws(StoreError) -> Bool {
        state.withLock { versions in
            guard versions.epoch == current || versions.epoch == next else { return false }
            (versions.epoch, versions.statement) = (next, statement)
            return true
        }
    }

    package func setSigning(_ rule: SigningRule) async throws(StoreError) {
        state.withLock { $0.signing = rule }
    }

    package func noteSchemaChange() async throws(StoreError) {
        try await faults.beforeMark()
        state.withLock { $0.schemas += 1 }
    }

    package func anchor(of log: String) async throws(StoreError) -> AuditAnchor? {
        try await read { $0.anchors[log] }
    }

    package func raiseAnchor(_ anchor: AuditAnchor) async throws(StoreError) -> AuditAnchor {
        state.withLock { versions in
            let stored = versions.anchors[anchor.log]
            if let stored, stored.count >= anchor.count || anchor.isForeign(to: stored) { return stored }
            let raised = AuditAnchor(
                log: anchor.log, count: anchor.count, checkpoint: anchor.checkpoint,
                owner: stored?.owner ?? anchor.owner)
            versions.anchors[anchor.log] = raised
            return raised
        }
    }

    package func giveAnchor(of log: String, to owner: String) async throws(StoreError) -> Bool {
        state.withLock { versions in
            guard let stored = versions.anchors[log] else { return false }
            versions.anchors[log] = AuditAnchor(
                log: log, count: stored.count, checkpoint: stored.checkpoint, owner: owner)
            return true
        }
    }

    package func outlines(after version: VersionIdentity?, limit: Int) async throws(StoreError) -> OutlinePage {
        try await read { versions in
            let all = versions.documents.values.flatMap { $0.map(\.stored) }.sorted {
                VersionIdentity.precedes(VersionIdentity($0), VersionIdentity($1))
            }
            let behind = all.filter { stored in
                version.map { VersionIdentity.precedes($0, VersionIdentity(stored)) } ?? true
            }
            var page = OutlinePage()
            for stored in behind.prefix(limit) {
                if stored.record.version <= versions.marks[stored.record.key]?.through ?? 0 {
                    // Its content may be gone, which is not read here.
                    page.append(.success(RecordOutline(stored.record)))
                    continue
                }
                // In their place, damaged or not.
                let row = versions.read([stored])
                page.append(contentsOf: OutlinePage(row.map { .success(RecordOutline($0.record)) }))
                page.append(contentsOf: OutlinePage(row.damaged.map { .failure($0) }))
            }
            return page
        }
    }

    package func replaceSignatures(_ changes: [SignatureChange]) async throws(StoreError) {
        try await faults.beforeMark()
        state.withLock { versions in for change in changes { versions.apply(change) } }
    }

    package func statistics() async throws(StoreError) -> StoreStatistics { try await read { $0.statistics } }

    package func close() async { faults.close() }

    private func only(_ body: (InMemoryVersions) -> StoredVersion?) async throws(StoreError) -> StoredVersion? {
        let page = try await read { versions in versions.read(body(versions).map { [$0] } ?? []) }
        if let damaged = page.damaged.first { throw .damaged(damaged) }
        return page.first
    }

    private func page(_ body: (InMemoryVersions) -> VersionPage) async throws(StoreError) -> VersionPage {
        let page = try await read(body)
        faults.note(contentBytes: page.contentBytes)
        return page
    }

    private func read<Value: Sendable>(
        _ body: (InMemoryVersions) -> Value
    ) async throws(StoreError) -> Value {
        try await faults.beforeRead()
        let value = state.withLock { body($0) }
        await faults.afterRead()
        return value
    }
}

extension InMemoryVersionStore {
    /// Where to make the store fail or pause.
    package var control: StoreFaults { faults }

    /// Lets time pass by the store's clock.
    package func advanceClock(by time: Duration) { state.withLock { $0.clockOffset += time } }

    /// Makes a version damaged, as if its content had been changed; nil repairs it.
    package func damage(
        _ version: Int64, of key: DocumentKey, reason: String? = "'content_hash' does not match 'config_data'"
    ) {
        state.withLock { versions in
            let stored = versions.documents[key]?.first { $0.stored.record.version == version }?.stored.record
            versions.damaged[VersionIdentity(key: key, version: version)] = reason.map {
                DamagedVersion(
                    key: key, version: version, reason: $0, recordHash: stored?.recordHash,
                    changeType: stored?.changeType)
            }
        }
    }

    /// Puts another history in the place of this one, as a restore does.
    package func replaceHistory(by records: [VersionRecord], epoch: Epoch) {
        state.withLock { versions in
            versions = InMemoryVersions(epoch: epoch)
            for record in records { _ = versions.append(record) }
        }
    }

    /// Everything that is not marked yet.
    package var unmarked: [VersionRecord] {
        state.withLock { $0.unannounced(limit: .max).map(\.record) }
    }
}
