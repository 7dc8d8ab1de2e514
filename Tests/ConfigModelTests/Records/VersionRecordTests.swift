import ConfigModel
import Testing

@Suite struct VersionRecordTests {
    @Test func agreesWithTheVectors() throws {
        let vectors = try SchemaFile.vectors("vectors/record.json")
        #expect(vectors.count == 5)
        for vector in vectors {
            let text = try vector.string("record")
            let record = try VersionRecord(json: Array(text.utf8))
            #expect(record.recordHash == (try vector.string("record_hash")))
            #expect(record.computedRecordHash == record.recordHash)
            #expect(String(decoding: record.jsonBytes, as: UTF8.self) == text)
        }
    }

    @Test func formsAChainInTheVectors() throws {
        let records = try SchemaFile.vectors("vectors/record.json").prefix(4).map { vector in
            try VersionRecord(json: Array(vector.string("record").utf8))
        }
        #expect(records.first?.previousHash == nil)
        for (before, after) in zip(records, records.dropFirst()) { #expect(after.previousHash == before.recordHash) }
    }

    @Test func isReadAsItWasWritten() throws {
        for record in [
            try Sample.record(), try Sample.record(isBare: true), try Sample.signedRecord(),
            try Sample.record(version: 1, changeType: .created), try Sample.record(changeType: .deleted),
        ] {
            #expect(try VersionRecord(json: record.jsonBytes) == record)
        }
    }

    @Test func writesEveryField() throws {
        let object = try Sample.object(String(decoding: try Sample.signedRecord().jsonBytes, as: UTF8.self))
        #expect(
            Set(object.keys) == [
                "service_name", "environment", "version", "change_type", "config_data", "content_hash", "previous_hash",
                "record_hash", "epoch", "change_id", "correlation_id", "changeset_id", "changeset_members",
                "created_at", "updated_at", "created_by", "comment", "restored_from", "overrides", "signature",
                "key_id",
            ])
    }

    @Test func writesContentVerbatimOrNotAtAll() throws {
        let record = try Sample.record(content: #"{"a":1.0,"b":18446744073709551617}"#)
        let text = String(decoding: record.jsonBytes, as: UTF8.self)
        #expect(text.contains(#""config_data":{"a":1.0,"b":18446744073709551617},"#))
        var writer = JSONWriter()
        record.appendJSON(to: &writer, withContent: false)
        #expect(try Sample.object(String(decoding: writer.bytes, as: UTF8.self))["config_data"] == nil)
    }

    @Test(arguments: [
        ("service_name", #""other""#), ("environment", #""other""#), ("version", "8"), ("change_type", #""created""#),
        ("config_data", #"{"db_host":"evil"}"#), ("content_hash", #""sha256:\#(String(repeating: "0", count: 64))""#),
        ("previous_hash", #""sha256:\#(String(repeating: "0", count: 64))""#),
        ("record_hash", #""sha256:\#(String(repeating: "0", count: 64))""#),
        ("epoch", #""2-7d444840-9dc0-41d1-b245-5ffdce74fad2""#),
        ("change_id", #""x""#), ("correlation_id", #""x""#), ("changeset_id", "null"),
        ("changeset_id", #""2-\#(String(repeating: "0", count: 32))""#), ("changeset_members", "null"),
        ("changeset_members", #"["parsing/prod@7"]"#),
        ("created_at", #""2026-11-20T21:30:00.124Z""#),
        ("created_by", #""eve""#), ("comment", #""""#), ("restored_from", "4"), ("overrides", "null"),
    ])
    func refusesARecordThatWasAltered(field: String, value: String) throws {
        var object = try Sample.object(String(decoding: try Sample.record().jsonBytes, as: UTF8.self))
        object[field] = try Sample.json(value)
        #expect(throws: RecordDecodingError.self) { try VersionRecord(json: .object(object)) }
    }

    @Test(arguments: [
        "service_name", "environment", "version", "change_type", "config_data", "content_hash", "record_hash", "epoch",
        "change_id",
        "created_at", "created_by", "comment",
    ])
    func refusesARecordWithoutAField(field: String) throws {
        var object = try Sample.object(String(decoding: try Sample.record().jsonBytes, as: UTF8.self))
        object[field] = nil
        let error = try #require(throws: RecordDecodingError.self) { try VersionRecord(json: .object(object)) }
        #expect(error.description.contains("\"\(field)\""))
    }

    @Test func refusesHalfASignature() throws {
        for field in ["signature", "key_id"] {
            var object = try Sample.object(String(decoding: try Sample.signedRecord().jsonBytes, as: UTF8.self))
            object[field] = nil
            #expect(throws: RecordDecodingError.self) { try VersionRecord(json: .object(object)) }
        }
    }

    @Test func ignoresFieldsItDoesNotKnow() throws {
        let record = try Sample.record()
        var object = try Sample.object(String(decoding: record.jsonBytes, as: UTF8.self))
        object["changeset_size"] = .number(JSONNumber(3))
        #expect(try VersionRecord(json: .object(object)) == record)
    }

    @Test func hashesFieldsApart() throws {
        // The length before each field keeps "ab" + "c" and "a" + "bc" apart.
        let record = try Sample.record()
        func moved(createdBy: String, comment: String) -> String {
            VersionRecord(
                key: record.key, version: 7, changeType: .updated, content: record.content, previousHash: nil,
                epoch: record.epoch, changeID: "c", createdAt: record.createdAt, createdBy: createdBy, comment: comment
            ).recordHash
        }
        #expect(moved(createdBy: "ab", comment: "c") != moved(createdBy: "a", comment: "bc"))
    }
}
