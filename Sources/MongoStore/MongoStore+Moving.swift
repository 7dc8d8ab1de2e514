package import ConfigModel
package import ConfigStore

extension MongoStore {
    package func versions(
        after version: VersionIdentity?, limit: Int, maximumBytes: Int
    ) async throws(StoreError) -> VersionPage {
        try await workers.run { client throws(MongoFailure) in
            try client.versions(after: version, limit: limit, maximumBytes: maximumBytes)
        }
    }

    package func anchors() async throws(StoreError) -> [AuditAnchor] {
        try await workers.run { client throws(MongoFailure) in try client.anchors() }
    }

    package func boundNames() async throws(StoreError) -> [BoundName] {
        try await workers.run { client throws(MongoFailure) in try client.boundNames() }
    }
}

extension MongoStore: RestoringStore {
    package func restoreMark() async throws(StoreError) -> RestoreMark? {
        try await workers.run { client throws(MongoFailure) in try client.restoreMark() }
    }

    package func finishedRestore() async throws(StoreError) -> RestoreMark? {
        try await workers.run { client throws(MongoFailure) in try client.restoreMark("restored") }
    }

    package func isEmpty() async throws(StoreError) -> Bool {
        try await workers.run { client throws(MongoFailure) in try client.isEmpty() }
    }

    package func beginRestore(_ mark: RestoreMark, after finished: RestoreMark?) async throws(StoreError) -> Bool {
        try await resolving { client throws(MongoFailure) in try client.beginRestore(mark, after: finished) }
    }

    package func lastRestored() async throws(StoreError) -> VersionIdentity? {
        try await workers.run { client throws(MongoFailure) in try client.lastVersion() }
    }

    package func restore(_ records: [VersionRecord]) async throws(StoreError) {
        try await workers.run { client throws(MongoFailure) in try client.restore(records) }
    }

    package func restore(_ mark: PruneMark, first: VersionRecord) async throws(StoreError) {
        try await resolving { client throws(MongoFailure) in try client.restore(mark, first: first) }
    }

    package func restore(_ anchors: [AuditAnchor], _ access: RestoredAccess) async throws(StoreError) {
        try await resolving { client throws(MongoFailure) in
            try client.restore(anchors)
            try client.restore(access)
        }
    }

    package func versionCount() async throws(StoreError) -> Int64 {
        try await workers.run { client throws(MongoFailure) in try client.versionCount() }
    }

    package func finishRestore(_ mark: RestoreMark, _ state: StoreState) async throws(StoreError) -> Bool {
        try await resolving { client throws(MongoFailure) in try client.finishRestore(mark, state) }
    }
}
