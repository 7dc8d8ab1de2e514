package import ConfigModel
package import ConfigStore

extension SQLiteStore {
    package func append(_ record: VersionRecord) async throws(StoreError) -> AppendOutcome {
        try await write { try $0.append(record, at: Timestamp.now.milliseconds) }
    }

    package func append(_ set: [VersionRecord]) async throws(StoreError) -> SetAppendOutcome {
        guard !set.isEmpty else { return .stored }
        return try await write { try $0.append(set, at: Timestamp.now.milliseconds) }
    }

    package func head(of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await read { try $0.head(of: key) }
    }

    package func version(_ version: Int64, of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await read { try $0.version(version, of: key) }
    }

    package func change(_ changeID: String, of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await read { try $0.change(changeID, of: key) }
    }

    package func history(
        of key: DocumentKey, before: Int64?, limit: Int, maximumBytes: Int
    ) async throws(StoreError) -> VersionPage {
        guard limit > 0, before.map({ $0 > 1 }) ?? true else { return [] }
        return try await read { try $0.newest(of: key, before: before, limit: limit, maximumBytes: maximumBytes) }
    }

    package func heads(_ query: HeadQuery) async throws(StoreError) -> VersionPage {
        try await read { try $0.heads(query) }
    }

    package func outlines(_ query: HeadQuery) async throws(StoreError) -> OutlinePage {
        try await read { try $0.outlines(query) }
    }

    package func heads(of keys: [DocumentKey]) async throws(StoreError) -> VersionPage {
        try await read { try $0.heads(of: keys) }
    }

    package func versions(_ versions: [VersionIdentity]) async throws(StoreError) -> VersionPage {
        try await read { try $0.versions(versions) }
    }

    package func versions(ofChangeSet id: String) async throws(StoreError) -> VersionPage {
        try await read { try $0.versions(ofChangeSet: id) }
    }

    package func unannounced(limit: Int) async throws(StoreError) -> UnannouncedVersions {
        try await read { try $0.unannounced(limit: limit) }
    }

    package func markAnnounced(_ versions: [VersionIdentity]) async throws(StoreError) {
        guard !versions.isEmpty else { return }
        try await write { try $0.markAnnounced(versions) }
    }

    package func state() async throws(StoreError) -> StoreState {
        if let state = try await read({ try $0.storedState() }) { return state }
        return try await write { database in
            if let state = try database.storedState() { return state }
            return StoreState(
                epoch: try database.makeEpoch(), signing: try database.signingRule(),
                authentication: try database.authenticationRule(), access: try database.accessNumber(),
                schemas: try database.schemaNumber(), isRestoring: try database.setting("restore") != nil)
        }
    }

    package func replaceEpoch(
        _ current: Epoch, by next: Epoch, statement: EpochStatement?
    ) async throws(StoreError) -> Bool {
        try await write { try $0.replaceEpoch(current, by: next, statement: statement) }
    }

    package func setSigning(_ rule: SigningRule) async throws(StoreError) {
        try await write { try $0.setSigning(rule) }
    }

    package func noteSchemaChange() async throws(StoreError) {
        try await write { try $0.raiseSchemaNumber() }
    }

    package func anchor(of log: String) async throws(StoreError) -> AuditAnchor? {
        try await read { try $0.anchor(of: log) }
    }

    package func raiseAnchor(_ anchor: AuditAnchor) async throws(StoreError) -> AuditAnchor {
        try await write { database in
            try database.raiseAnchor(anchor)
            return try database.anchor(of: anchor.log) ?? anchor
        }
    }

    package func giveAnchor(of log: String, to owner: String) async throws(StoreError) -> Bool {
        try await write { try $0.giveAnchor(of: log, to: owner) }
    }

    package func outlines(after version: VersionIdentity?, limit: Int) async throws(StoreError) -> OutlinePage {
        try await read { try $0.outlines(after: version, limit: limit) }
    }

    package func replaceSignatures(_ changes: [SignatureChange]) async throws(StoreError) {
        guard !changes.isEmpty else { return }
        try await write { try $0.replaceSignatures(changes) }
    }

    package func statistics() async throws(StoreError) -> StoreStatistics {
        try requireFiles()
        return try await read { try $0.statistics(at: Timestamp.now.milliseconds) }
    }
}
