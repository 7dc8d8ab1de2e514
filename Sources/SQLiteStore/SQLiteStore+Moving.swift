package import ConfigModel
package import ConfigStore

extension SQLiteStore {
    package func versions(
        after version: VersionIdentity?, limit: Int, maximumBytes: Int
    ) async throws(StoreError) -> VersionPage {
        try await read { try $0.versions(after: version, limit: limit, maximumBytes: maximumBytes) }
    }

    package func anchors() async throws(StoreError) -> [AuditAnchor] { try await read { try $0.anchors() } }

    package func boundNames() async throws(StoreError) -> [BoundName] { try await read { try $0.boundNames() } }
}

extension SQLiteStore: RestoringStore {
    package func restoreMark() async throws(StoreError) -> RestoreMark? { try await read { try $0.restoreMark() } }

    package func finishedRestore() async throws(StoreError) -> RestoreMark? {
        try await read { try $0.restoreMark("restored") }
    }

    package func isEmpty() async throws(StoreError) -> Bool { try await read { try $0.isEmpty() } }

    package func beginRestore(_ mark: RestoreMark, after finished: RestoreMark?) async throws(StoreError) -> Bool {
        try await write { try $0.beginRestore(mark, after: finished) }
    }

    package func lastRestored() async throws(StoreError) -> VersionIdentity? { try await read { try $0.lastVersion() } }

    package func restore(_ records: [VersionRecord]) async throws(StoreError) {
        try await write { try $0.restore(records, at: Timestamp.now.milliseconds) }
    }

    package func restore(_ mark: PruneMark, first: VersionRecord) async throws(StoreError) {
        try await write { try $0.restore(mark, first: first, at: Timestamp.now.milliseconds) }
    }

    package func restore(_ anchors: [AuditAnchor], _ access: RestoredAccess) async throws(StoreError) {
        try await write { database in
            try database.restore(anchors)
            try database.restore(access)
        }
    }

    package func versionCount() async throws(StoreError) -> Int64 { try await read { try $0.versionCount() } }

    package func finishRestore(_ mark: RestoreMark, _ state: StoreState) async throws(StoreError) -> Bool {
        try await write { try $0.finishRestore(mark, state) }
    }
}
