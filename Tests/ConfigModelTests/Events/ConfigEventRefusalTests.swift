import ConfigModel
import TestSupport
import Testing

@Suite struct ConfigEventRefusalTests {
    /// The event of a sample with one field of the envelope changed (nil: removed).
    private func event(changing field: String, to value: String?) throws -> [UInt8] {
        var envelope = try Sample.object(
            String(decoding: ConfigEvent(try Sample.signedRecord()).jsonBytes, as: UTF8.self))
        envelope[field] = try value.map { try Sample.json($0) }
        return envelope.canonicalBytes
    }

    /// The same for a field of `data`.
    private func event(changingData field: String, to value: String?) throws -> [UInt8] {
        var envelope = try Sample.object(
            String(decoding: ConfigEvent(try Sample.signedRecord()).jsonBytes, as: UTF8.self))
        var data = try envelope.object("data")
        data[field] = try value.map { try Sample.json($0) }
        envelope["data"] = .object(data)
        return envelope.canonicalBytes
    }

    @Test(
        arguments: [
            ("event_type", #""ConfigCreated""#), ("event_type", #""configupdated""#), ("event_type", "null"),
            ("event_type", nil),
            ("event_id", #""7d444840-9dc0-41d1-b245-5ffdce74fad2""#), ("event_id", nil),
            ("timestamp", #""2026-11-20T21:30:00.124Z""#),
            ("timestamp", #""2026-11-20T21:30:00Z""#), ("timestamp", nil), ("version", #""1.1""#), ("version", "1.0"),
            ("version", nil),
            ("data", "[]"), ("data", nil), ("extra", "1"), ("Version", #""1.0""#),
        ] as [(String, String?)])
    func refusesAnotherEnvelope(field: String, value: String?) throws {
        #expect(throws: EventError.self) { try ConfigEvent(json: try event(changing: field, to: value)) }
    }

    @Test(
        arguments: [
            ("service_name", #""other""#), ("service_name", #""../x""#), ("service_name", "1"), ("service_name", nil),
            ("environment", #""a.b""#), ("environment", #""""#), ("environment", nil), ("version", "8"),
            ("version", "0"), ("version", "-7"),
            ("version", "7.0"), ("version", #""7""#), ("version", "99999999999999999999"), ("version", nil),
            ("change_type", #""created""#),
            ("change_type", #""gone""#), ("change_type", nil), ("previous_version", "5"), ("previous_version", nil),
            ("comment", #""forged""#),
            ("comment", nil), ("created_by", #""eve""#), ("created_by", nil),
            ("timestamp", #""2026-11-20T21:30:00.124Z""#), ("timestamp", nil),
            ("content_hash", #""sha256:\#(String(repeating: "0", count: 64))""#), ("content_hash", #""sha256:00""#),
            ("content_hash", nil),
            ("content_length", "1"), ("content_length", "-1"), ("content_length", nil), ("record_hash", nil),
            ("record_hash", #""sha256:\#(String(repeating: "0", count: 64))""#), ("previous_hash", nil),
            ("previous_hash", #""sha256:\#(String(repeating: "0", count: 64))""#), ("previous_hash", #""none""#),
            ("epoch", #""2-7d444840-9dc0-41d1-b245-5ffdce74fad2""#), ("epoch", #""1""#), ("epoch", nil),
            ("change_id", #""x""#), ("change_id", nil),
            ("correlation_id", #""x""#), ("correlation_id", nil), ("changeset_id", #""x""#), ("changeset_id", nil),
            ("changeset_members", nil), ("changeset_members", "[]"), ("changeset_members", #"["parsing/prod@7"]"#),
            ("changeset_members", #""parsing/prod@7""#), ("changeset_members", "[1]"), ("restored_from", "4"),
            ("restored_from", "0"),
            ("overrides", nil), ("config_json", #""{}""#), ("config_json", #""""#), ("config_json", #""[]""#),
            ("config_json", "{}"),
            ("config_json", #""{\"db_host\": \"production-db\"}""#), ("signature", nil), ("key_id", nil),
            ("signature", "1"),
        ] as [(String, String?)])
    func refusesOtherData(field: String, value: String?) throws {
        #expect(throws: EventError.self) { try ConfigEvent(json: try event(changingData: field, to: value)) }
    }

    @Test func ignoresUnknownFieldsOfData() throws {
        let bytes = try event(changingData: "changeset_size", to: #"{"nested":[1,2,{"deep":null}]}"#)
        #expect(try ConfigEvent(json: bytes) == ConfigEvent(try Sample.signedRecord()))
    }

    @Test func takesAnEventWithoutContent() throws {
        #expect(try ConfigEvent(json: try event(changingData: "config_json", to: nil)).content == nil)
    }

    @Test func leavesTheSignatureToWhoeverTrusts() throws {
        let event = try ConfigEvent(json: try event(changingData: "signature", to: #""anything""#))
        #expect(event.signature?.signature == "anything")
    }

    @Test(arguments: ["", "{}", "[]", "null", "{\"event_type\":", "\u{feff}{}", "[[[[[[", "1"])
    func refusesOtherBytes(text: String) {
        #expect(throws: EventError.self) { try ConfigEvent(json: Array(text.utf8)) }
    }

    @Test func refusesATombstoneWithContent() throws {
        let record = try Sample.record()
        let forged = VersionRecord(
            key: record.key, version: 7, changeType: .deleted, content: record.content,
            previousHash: record.previousHash,
            epoch: record.epoch, changeID: "c", createdAt: record.createdAt, createdBy: "", comment: "")
        #expect(throws: EventError.self) { try ConfigEvent(json: ConfigEvent(forged).jsonBytes) }
    }

    @Test func refusesAFirstVersionThatWasNotCreated() throws {
        let forged = try Sample.record(version: 1, changeType: .updated)
        #expect(throws: EventError.self) { try ConfigEvent(json: ConfigEvent(forged).jsonBytes) }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func survivesMutatedEvents(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let original = ConfigEvent(try Sample.signedRecord())
        for _ in 0..<200 {
            var bytes = original.jsonBytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
                case 1: bytes.remove(at: index)
                default: bytes.insert(UInt8.random(in: 0x20...0x7e, using: &generator), at: index)
                }
            }
            // What is still accepted says the same: only the signature, which others check, and unknown fields can differ.
            guard let event = try? ConfigEvent(json: bytes) else { continue }
            #expect(event.recordHash == original.recordHash && event.content ?? original.content == original.content)
            #expect(event.signedFacts == original.signedFacts, "seed \(seed)")
        }
    }
}
