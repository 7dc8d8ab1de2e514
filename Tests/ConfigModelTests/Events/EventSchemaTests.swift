import ConfigModel
import RE2Patterns
import SchemaValidation
import Testing

/// The published JSON Schemas describe what is sent, and nothing else.
@Suite struct EventSchemaTests {
    private static func records() throws -> [VersionRecord] {
        var records = [
            try Sample.record(), try Sample.record(isBare: true), try Sample.signedRecord(),
            try Sample.record(version: 1, changeType: .created), try Sample.record(changeType: .created),
            try Sample.record(changeType: .deleted), try Sample.record(version: .max),
            try Sample.record(service: "a.b-c_d", environment: "A-b_9", comment: "\u{0}é😀"),
        ]
        for vector in try SchemaFile.vectors("vectors/event.json") {
            records.append(try VersionRecord(json: Array(vector.string("record").utf8)))
        }
        return records
    }

    private static func schema(_ path: String) throws -> JSONSchema {
        try JSONSchema(parsing: try SchemaFile.bytes(path), patterns: RE2Patterns())
    }

    private static func violations(_ schema: JSONSchema, _ event: [UInt8]) throws -> [SchemaViolation] {
        try schema.violations(in: try JSONValue(parsing: event), atMost: 100)
    }

    @Test func everyEventFitsItsSchema() throws {
        let envelope = try Self.schema("events/envelope.schema.json")
        for record in try Self.records() {
            let type = try Self.schema("events/config-\(record.changeType.rawValue).schema.json")
            for limit in [0, ConfigEvent.defaultInlineLimit] {
                let event = ConfigEvent(record, inlineLimit: limit).jsonBytes
                #expect(try Self.violations(envelope, event) == [])
                #expect(try Self.violations(type, event) == [])
            }
        }
    }

    @Test(arguments: ChangeType.allCases, ChangeType.allCases)
    func eventsFitNoOtherSchema(event: ChangeType, schema: ChangeType) throws {
        let other = try Self.schema("events/config-\(schema.rawValue).schema.json")
        let bytes = ConfigEvent(try Sample.record(changeType: event)).jsonBytes
        #expect(try Self.violations(other, bytes).isEmpty == (event == schema))
    }

    @Test(arguments: ["event_type", "event_id", "timestamp", "version", "data"])
    func everyEnvelopeFieldIsNeeded(field: String) throws {
        let schema = try Self.schema("events/envelope.schema.json")
        var envelope = try Sample.object(String(decoding: ConfigEvent(try Sample.record()).jsonBytes, as: UTF8.self))
        envelope[field] = nil
        #expect(try !Self.violations(schema, envelope.canonicalBytes).isEmpty)
        envelope = try Sample.object(String(decoding: ConfigEvent(try Sample.record()).jsonBytes, as: UTF8.self))
        envelope["extra"] = .null
        #expect(try !Self.violations(schema, envelope.canonicalBytes).isEmpty)
    }

    @Test(arguments: [
        "service_name", "environment", "version", "change_type", "previous_version", "comment", "created_by",
        "timestamp",
        "content_hash", "content_length", "record_hash", "previous_hash", "epoch", "change_id",
    ])
    func everyFieldOfAnUpdateIsNeeded(field: String) throws {
        let schema = try Self.schema("events/config-updated.schema.json")
        var envelope = try Sample.object(String(decoding: ConfigEvent(try Sample.record()).jsonBytes, as: UTF8.self))
        var data = try envelope.object("data")
        data[field] = nil
        envelope["data"] = .object(data)
        let violations = try Self.violations(schema, envelope.canonicalBytes)
        #expect(violations.map(\.pointer) == ["/data"])
        #expect(violations.first?.message.contains(field) == true)
    }
}
