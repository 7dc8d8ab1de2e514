package import ConfigModel
package import ConfigStore

extension MongoStore {
    package func pruneMarks(of keys: [DocumentKey]) async throws(StoreError) -> [DocumentKey: PruneMark] {
        try await workers.run { client throws(MongoFailure) in try client.pruneMarks(of: keys) }
    }

    package func pruneMarks(after key: DocumentKey?, limit: Int) async throws(StoreError) -> [PruneMark] {
        try await workers.run { client throws(MongoFailure) in try client.pruneMarks(after: key, limit: limit) }
    }

    package func prunable(
        of key: DocumentKey, upTo last: Int64, storedFor age: Duration
    ) async throws(StoreError) -> PruneMark? {
        try await workers.run { client throws(MongoFailure) in
            try client.prunable(of: key, upTo: last, storedFor: age)
        }
    }

    package func raise(_ mark: PruneMark) async throws(StoreError) {
        try await resolving { client throws(MongoFailure) in try client.raise(mark) }
    }

    package func removePruned(of key: DocumentKey, limit: Int) async throws(StoreError) -> Int {
        try await resolving { client throws(MongoFailure) in
            try client.removePruned(of: key, limit: limit, grace: removalGrace)
        }
    }

    /// The server uses the room again when it needs it.
    package func eraseRemoved() async throws(StoreError) {}

    package func leasePruning(to registry: String, for time: Duration) async throws(StoreError) -> Bool {
        try await resolving { client throws(MongoFailure) in try client.leasePruning(to: registry, for: time) }
    }
}
