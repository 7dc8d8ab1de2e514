public import ConfigModel

/// What a registry says of a schema that it put in force.
public struct SchemaPublicationFacts: Sendable, Equatable {
    /// The service.
    public let service: String
    /// The version of the schema.
    public let version: Int64
    /// What the version did.
    public let changeType: ChangeType
    /// The hash of the schema alone.
    public let schemaHash: String
    /// What is checked.
    public let checks: SchemaDocument.Checks
    /// The hash of the whole record.
    public let recordHash: String
    /// The history that the version belongs to.
    public let epoch: Epoch
    /// Unique for the schema; makes a repeated request the same version.
    public let changeID: String
    /// When it was made.
    public let createdAt: Timestamp
    /// Who made it.
    public let createdBy: String
    /// Why it was made.
    public let comment: String
    /// The findings that were let pass, as the record keeps them.
    public let overrides: String?
    /// What its author should know.
    public let warnings: [CheckFinding]
    /// How many documents were checked after it was in force.
    public let checkedDocuments: Int64
    /// The documents that do not fit it all the same.
    public let breaks: [SchemaVerdictFacts]
    /// How many more there are that the caller may not read.
    public let hidden: Int64
}

extension SchemaPublicationFacts {
    /// Puts together what a registry knows.
    ///
    /// - Throws: what `SchemaDocument` throws of a record that holds no schema.
    package init(
        _ record: VersionRecord, warnings: [CheckFinding], checkedDocuments: Int, breaks: [SchemaVerdictFacts],
        hidden: Int
    ) throws {
        let document = try SchemaDocument(record.content)
        self.init(
            service: record.key.service, version: record.version, changeType: record.changeType,
            schemaHash: document.hash, checks: document.checks, recordHash: record.recordHash, epoch: record.epoch,
            changeID: record.changeID, createdAt: record.createdAt, createdBy: record.createdBy,
            comment: record.comment, overrides: record.overrides, warnings: warnings,
            checkedDocuments: Int64(checkedDocuments), breaks: breaks, hidden: Int64(hidden))
    }

    /// The body.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter(capacity: 1_024)
        writer.object { body in
            body.member("service_name", service)
            body.member("version", version)
            body.member("change_type", changeType.rawValue)
            body.member("schema_hash", schemaHash)
            body.member("checks", checks.rawValue)
            body.member("record_hash", recordHash)
            body.member("epoch", epoch.description)
            body.member("change_id", changeID)
            body.member("created_at", createdAt.description)
            body.member("created_by", createdBy)
            body.member("comment", comment)
            body.member("overrides", overrides)
            body.member("warnings", JSONValue.array(warnings.map(\.json)))
            body.object("checked") { $0.member("documents", checkedDocuments) }
            body.member("breaks", JSONValue.array(breaks.map(\.json)))
            body.member("hidden", hidden)
        }
        return writer.bytes
    }

    /// Reads a body.
    package init(_ body: [UInt8]) throws(InvalidResponse) {
        let object = try ResponseJSON.object(body)
        self = try ResponseJSON.fields { () throws(JSONFieldError) in
            SchemaPublicationFacts(
                service: try object.string("service_name"), version: try object.int64("version"),
                changeType: try object.parsed("change_type") { ChangeType(rawValue: $0) },
                schemaHash: try object.string("schema_hash"),
                checks: try object.parsed("checks") { SchemaDocument.Checks(rawValue: $0) },
                recordHash: try object.string("record_hash"),
                epoch: try object.parsed("epoch") { Epoch(parsing: $0) },
                changeID: try object.string("change_id"),
                createdAt: try object.parsed("created_at") { Timestamp(parsing: $0) },
                createdBy: try object.string("created_by"), comment: try object.string("comment"),
                overrides: try object.optionalString("overrides"), warnings: try object.findings("warnings"),
                checkedDocuments: try object.object("checked").int64("documents"),
                breaks: try SchemaVerdictFacts.list("breaks", of: object), hidden: try object.int64("hidden"))
        }
    }
}
