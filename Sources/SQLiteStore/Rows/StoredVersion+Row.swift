import ConfigModel
import ConfigRegistry
import Foundation
import GRDB

extension StoredVersion {
    /// Reads a row and proves it: content and record hash are computed again.
    init(_ row: Row) throws {
        self = try row.proven { row in
            StoredVersion(
                record: try VersionRecord(proving: row, try row.content()),
                isAnnounced: try row.decode(Bool.self, forColumn: "announced"))
        }
    }
}

extension RecordOutline {
    /// Reads a row that has no content and proves the rest of it.
    init(_ row: Row) throws {
        self = try row.proven { row in
            let hash = try row.decode(String.self, forColumn: "content_hash")
            return RecordOutline(try VersionRecord(proving: row, .unread(hash: hash)))
        }
    }
}

extension Row {
    /// Reads the row; what is wrong with it is said with its place.
    fileprivate func proven<Value>(_ read: (Row) throws -> Value) throws -> Value {
        do {
            return try read(self)
        } catch {
            throw StoreError.invalid(
                """
                Version \(self["version"] as DatabaseValue) of service \(self["service"] as DatabaseValue), environment \
                \(self["environment"] as DatabaseValue), in the embedded store is damaged: \(error).
                """)
        }
    }

    fileprivate func content() throws -> Content {
        let content = Content(canonical: Array(try decode(Data.self, forColumn: "config_data")))
        guard content.hash == (try decode(String.self, forColumn: "content_hash")) else {
            throw DamagedRow("'content_hash' does not match 'config_data'")
        }
        return content
    }
}

/// What is wrong with a row.
private struct DamagedRow: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension VersionRecord {
    fileprivate init(proving row: Row, _ content: Content) throws {
        try self.init(row, content)
        guard recordHash == computedRecordHash else {
            throw DamagedRow("'record_hash' does not match the other columns")
        }
    }

    private init(_ row: Row, _ content: Content) throws {
        guard let changeType = ChangeType(rawValue: try row.decode(String.self, forColumn: "change_type")) else {
            throw DamagedRow("'change_type' is not one of created, updated, deleted")
        }
        guard let epoch = Epoch(parsing: try row.decode(String.self, forColumn: "epoch")) else {
            throw DamagedRow("'epoch' is not <number>-<uuid>")
        }
        self.init(
            stored: try DocumentKey(
                service: try row.decode(String.self, forColumn: "service"),
                environment: try row.decode(String.self, forColumn: "environment")),
            version: try row.decode(Int64.self, forColumn: "version"), changeType: changeType, content: content,
            previousHash: try row.decode(String?.self, forColumn: "previous_hash"),
            recordHash: try row.decode(String.self, forColumn: "record_hash"), epoch: epoch,
            changeID: try row.decode(String.self, forColumn: "change_id"),
            correlationID: try row.decode(AnyText?.self, forColumn: "correlation_id")?.text,
            changesetID: try row.decode(AnyText?.self, forColumn: "changeset_id")?.text,
            createdAt: Timestamp(milliseconds: try row.decode(Int64.self, forColumn: "created_at")),
            createdBy: try row.decode(AnyText.self, forColumn: "created_by").text,
            comment: try row.decode(AnyText.self, forColumn: "comment").text,
            restoredFrom: try row.decode(Int64?.self, forColumn: "restored_from"),
            overrides: try row.decode(AnyText?.self, forColumn: "overrides")?.text,
            signature: try RecordSignature(row))
    }
}

extension RecordSignature {
    /// Nil when the version is not signed.
    fileprivate init?(_ row: Row) throws {
        let signature = try row.decode(String?.self, forColumn: "signature")
        let keyID = try row.decode(String?.self, forColumn: "key_id")
        switch (signature, keyID) {
        case (let signature?, let keyID?): self.init(signature: signature, keyID: keyID)
        case (nil, nil): return nil
        default: throw DamagedRow("only one of 'signature' and 'key_id' is there")
        }
    }
}
