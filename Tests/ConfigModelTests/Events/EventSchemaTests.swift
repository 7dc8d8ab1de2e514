import ConfigModel
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

    @Test func everyEventFitsItsSchema() throws {
        let envelope = try JSONSchema(try SchemaFile.bytes("events/envelope.schema.json"))
        for record in try Self.records() {
            let type = try JSONSchema(try SchemaFile.bytes("events/config-\(record.changeType.rawValue).schema.json"))
            for limit in [0, ConfigEvent.defaultInlineLimit] {
                let event = ConfigEvent(record, inlineLimit: limit).jsonBytes
                #expect(try envelope.validate(event) == [])
                #expect(try type.validate(event) == [])
            }
        }
    }

    @Test(arguments: ChangeType.allCases, ChangeType.allCases)
    func eventsFitNoOtherSchema(event: ChangeType, schema: ChangeType) throws {
        let other = try JSONSchema(try SchemaFile.bytes("events/config-\(schema.rawValue).schema.json"))
        let bytes = ConfigEvent(try Sample.record(changeType: event)).jsonBytes
        #expect(try other.validate(bytes).isEmpty == (event == schema))
    }

    @Test(arguments: ["event_type", "event_id", "timestamp", "version", "data"])
    func everyEnvelopeFieldIsNeeded(field: String) throws {
        let schema = try JSONSchema(try SchemaFile.bytes("events/envelope.schema.json"))
        var envelope = try Sample.object(String(decoding: ConfigEvent(try Sample.record()).jsonBytes, as: UTF8.self))
        envelope[field] = nil
        #expect(try !schema.validate(envelope.canonicalBytes).isEmpty)
        envelope = try Sample.object(String(decoding: ConfigEvent(try Sample.record()).jsonBytes, as: UTF8.self))
        envelope["extra"] = .null
        #expect(try !schema.validate(envelope.canonicalBytes).isEmpty)
    }

    @Test(arguments: [
        "service_name", "environment", "version", "change_type", "previous_version", "comment", "created_by",
        "timestamp",
        "content_hash", "content_length", "record_hash", "previous_hash", "epoch", "change_id",
    ])
    func everyFieldOfAnUpdateIsNeeded(field: String) throws {
        let schema = try JSONSchema(try SchemaFile.bytes("events/config-updated.schema.json"))
        var envelope = try Sample.object(String(decoding: ConfigEvent(try Sample.record()).jsonBytes, as: UTF8.self))
        var data = try envelope.object("data")
        data[field] = nil
        envelope["data"] = .object(data)
        let violations = try schema.validate(envelope.canonicalBytes)
        #expect(violations.map(\.pointer) == ["/data"])
        #expect(violations.first?.message.contains(field) == true)
    }
}
