import AsyncSupport
import CMongoC
import ConfigModel

/// Inserts with the MongoDB driver alone: one connection, with the durability of the registry's store and into a collection
/// that has its indexes.
///
/// The collection has to be there: `MongoStore.open` makes it.
package actor MongoFloor {
    private let executor = QueueExecutor(label: "configbus.bench.mongodb")
    private let driver: Driver

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Connects with the first call.
    ///
    /// - Parameter uri: its path names the database.
    package init(uri: String) throws(BenchError) {
        guard let parsed = mongoc_uri_new_with_error(uri, nil) else {
            throw BenchError("The MongoDB URI cannot be read.")
        }
        defer { mongoc_uri_destroy(parsed) }
        guard let client = mongoc_client_new_from_uri(parsed), let database = mongoc_uri_get_database(parsed),
            let versions = mongoc_client_get_collection(client, database, "versions")
        else { throw BenchError("The MongoDB driver makes no client.") }
        let durability = mongoc_write_concern_new()
        mongoc_write_concern_set_wmajority(durability, 2_500)
        mongoc_write_concern_set_journal(durability, true)
        mongoc_collection_set_write_concern(versions, durability)
        mongoc_write_concern_destroy(durability)
        driver = Driver(client: client, versions: versions)
    }

    /// How long the driver takes to insert a version; encoding it is not part of that.
    func timeInsert(_ record: VersionRecord) throws(BenchError) -> Duration {
        let row = Self.encode(record)
        defer { bson_destroy(row) }
        var error = bson_error_t()
        let start = ContinuousClock.now
        guard mongoc_collection_insert_one(driver.versions, row, nil, nil, &error) else { throw BenchError(error) }
        return ContinuousClock.now - start
    }

    /// Removes the database.
    package func dropDatabase() throws(BenchError) {
        var error = bson_error_t()
        let command = bson_new()
        defer { bson_destroy(command) }
        bson_append_int32(command, "dropDatabase", -1, 1)
        guard mongoc_collection_write_command_with_opts(driver.versions, command, nil, nil, &error) else {
            throw BenchError(error)
        }
    }

    /// The fields that the registry's store writes.
    private static func encode(_ record: VersionRecord) -> OpaquePointer? {
        let row = bson_new()
        let identity = bson_new()
        defer { bson_destroy(identity) }
        bson_append_utf8(identity, "s", -1, record.key.service, -1)
        bson_append_utf8(identity, "e", -1, record.key.environment, -1)
        bson_append_int64(identity, "v", -1, record.version)
        bson_append_document(row, "_id", -1, identity)
        bson_append_utf8(row, "change_type", -1, record.changeType.rawValue, -1)
        bson_append_binary(
            row, "config_data", -1, BSON_SUBTYPE_BINARY, record.content.bytes, UInt32(record.content.bytes.count))
        let texts: KeyValuePairs<String, String?> = [
            "content_hash": record.content.hash, "record_hash": record.recordHash, "epoch": record.epoch.description,
            "change_id": record.changeID, "created_by": record.createdBy, "comment": record.comment,
            "previous_hash": record.previousHash, "signature": record.signature?.signature,
            "key_id": record.signature?.keyID,
        ]
        for (name, text) in texts {
            if let text { bson_append_utf8(row, name, -1, text, -1) }
        }
        bson_append_date_time(row, "created_at", -1, record.createdAt.milliseconds)
        bson_append_bool(row, "announced", -1, false)
        bson_append_timestamp(row, "at", -1, 0, 0)
        return row
    }
}

/// The driver's objects, freed with this one.
private final class Driver {
    let client: OpaquePointer
    let versions: OpaquePointer

    init(client: OpaquePointer, versions: OpaquePointer) {
        self.client = client
        self.versions = versions
    }

    deinit {
        mongoc_collection_destroy(versions)
        mongoc_client_destroy(client)
    }
}

extension BenchError {
    fileprivate init(_ error: bson_error_t) {
        self.init(
            withUnsafeBytes(of: error.message) { message in
                "MongoDB refused: \(String(decoding: message.prefix { $0 != 0 }, as: UTF8.self))."
            })
    }
}
