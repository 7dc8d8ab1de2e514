package import ConfigModel
package import ConfigStore

/// What a benchmark measures the registry against, and what it leaves behind.
extension MongoStore {
    /// Inserts a version with the driver alone, with the store's durability and indexes, and answers how long the driver
    /// took. The document is encoded before.
    package func timeInsert(_ record: VersionRecord) async throws(StoreError) -> Duration {
        try await workers.run { client throws(MongoFailure) in
            let row = try BSONDocument.encoding(record.bsonFields(), capacity: record.bsonCapacity)
            let start = ContinuousClock.now
            try client.insert(row, into: .versions)
            return ContinuousClock.now - start
        }
    }

    /// Removes the whole database.
    package func dropDatabase() async throws(StoreError) {
        try await workers.run { client throws(MongoFailure) in
            try client.writeCommand(for: .versions, ["dropDatabase": 1])
        }
    }
}
