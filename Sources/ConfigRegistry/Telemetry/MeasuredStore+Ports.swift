import ConfigModel
import ConfigStore

// `EpochStore`.
extension MeasuredStore {
    func state() async throws(StoreError) -> StoreState {
        try await calling(.state) { () throws(StoreError) in try await store.state() }
    }

    func replaceEpoch(
        _ current: Epoch, by next: Epoch, statement: EpochStatement?
    ) async throws(StoreError) -> Bool {
        try await calling(.changeState) { () throws(StoreError) in
            try await store.replaceEpoch(current, by: next, statement: statement)
        }
    }

    func setSigning(_ rule: SigningRule) async throws(StoreError) {
        try await calling(.changeState) { () throws(StoreError) in try await store.setSigning(rule) }
    }

    func noteSchemaChange() async throws(StoreError) {
        try await calling(.changeState) { () throws(StoreError) in try await store.noteSchemaChange() }
    }
}

// `AnchorStore`.
extension MeasuredStore {
    func anchor(of log: String) async throws(StoreError) -> AuditAnchor? {
        try await calling(.anchor) { () throws(StoreError) in try await store.anchor(of: log) }
    }

    func raiseAnchor(_ anchor: AuditAnchor) async throws(StoreError) -> AuditAnchor {
        try await calling(.raiseAnchor) { () throws(StoreError) in try await store.raiseAnchor(anchor) }
    }

    func giveAnchor(of log: String, to owner: String) async throws(StoreError) -> Bool {
        try await calling(.raiseAnchor) { () throws(StoreError) in try await store.giveAnchor(of: log, to: owner) }
    }
}

// `SignatureStore`.
extension MeasuredStore {
    func outlines(after version: VersionIdentity?, limit: Int) async throws(StoreError) -> OutlinePage {
        try await calling(.outlines) { () throws(StoreError) in try await store.outlines(after: version, limit: limit) }
    }

    func replaceSignatures(_ changes: [SignatureChange]) async throws(StoreError) {
        try await calling(.replaceSignatures) { () throws(StoreError) in try await store.replaceSignatures(changes) }
    }
}

// `PruningStore`.
extension MeasuredStore {
    var removalGrace: Duration { store.removalGrace }

    func pruneMarks(of keys: [DocumentKey]) async throws(StoreError) -> [DocumentKey: PruneMark] {
        try await calling(.pruneMarks) { () throws(StoreError) in try await store.pruneMarks(of: keys) }
    }

    func pruneMarks(after key: DocumentKey?, limit: Int) async throws(StoreError) -> [PruneMark] {
        try await calling(.pruneMarks) { () throws(StoreError) in try await store.pruneMarks(after: key, limit: limit) }
    }

    func prunable(
        of key: DocumentKey, upTo last: Int64, storedFor age: Duration
    ) async throws(StoreError) -> PruneMark? {
        try await calling(.prunable) { () throws(StoreError) in
            try await store.prunable(of: key, upTo: last, storedFor: age)
        }
    }

    func raise(_ mark: PruneMark) async throws(StoreError) {
        try await calling(.prune) { () throws(StoreError) in try await store.raise(mark) }
    }

    func removePruned(of key: DocumentKey, limit: Int) async throws(StoreError) -> Int {
        try await calling(.removePruned) { () throws(StoreError) in try await store.removePruned(of: key, limit: limit)
        }
    }

    func eraseRemoved() async throws(StoreError) {
        try await calling(.removePruned) { () throws(StoreError) in try await store.eraseRemoved() }
    }

    func leasePruning(to registry: String, for time: Duration) async throws(StoreError) -> Bool {
        try await calling(.prune) { () throws(StoreError) in try await store.leasePruning(to: registry, for: time) }
    }
}

// `BackupReading` and `AuditQueries`.
extension MeasuredStore {
    func versions(
        after version: VersionIdentity?, limit: Int, maximumBytes: Int
    ) async throws(StoreError) -> VersionPage {
        try await calling(.backup) { () throws(StoreError) in
            try await store.versions(after: version, limit: limit, maximumBytes: maximumBytes)
        }
    }

    func anchors() async throws(StoreError) -> [AuditAnchor] {
        try await calling(.backup) { () throws(StoreError) in try await store.anchors() }
    }

    func boundNames() async throws(StoreError) -> [BoundName] {
        try await calling(.backup) { () throws(StoreError) in try await store.boundNames() }
    }

    func changes(
        _ query: AuditQuery, mayRead: (@Sendable (DocumentKey) -> Bool)?
    ) async throws(StoreError) -> AuditPage {
        try await calling(.audit) { () throws(StoreError) in try await store.changes(query, mayRead: mayRead) }
    }
}
