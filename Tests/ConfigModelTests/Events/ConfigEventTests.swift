import ConfigModel
import Testing

@Suite struct ConfigEventTests {
    @Test func agreesWithTheVectors() throws {
        let vectors = try SchemaFile.vectors("vectors/event.json")
        #expect(vectors.count == 5)
        for vector in vectors {
            let record = try VersionRecord(json: Array(vector.string("record").utf8))
            let event = ConfigEvent(record)
            #expect(event.eventID == (try vector.string("event_id")))
            #expect(event.routingKey == (try vector.string("routing_key")))
            #expect(RoutingKey.document(event.key) == (try vector.string("document_routing_key")))
            #expect(String(decoding: event.jsonBytes, as: UTF8.self) == (try vector.string("event")))
            #expect(try ConfigEvent(json: Array(vector.string("event").utf8)) == event)
        }
    }

    @Test func isReadAsItWasWritten() throws {
        for record in [
            try Sample.record(), try Sample.record(isBare: true), try Sample.signedRecord(),
            try Sample.record(version: 1, changeType: .created), try Sample.record(changeType: .created),
            try Sample.record(changeType: .deleted), try Sample.record(comment: "\u{0}\u{2028}😀\"\\"),
        ] {
            for limit in [0, ConfigEvent.defaultInlineLimit] {
                let event = ConfigEvent(record, inlineLimit: limit)
                #expect(try ConfigEvent(json: event.jsonBytes) == event)
                #expect(try ConfigEvent(json: event.jsonBytes).jsonBytes == event.jsonBytes)
            }
            #expect(ConfigEvent(record).record == record)
        }
    }

    @Test func isOnOneLine() throws {
        let event = ConfigEvent(try Sample.record(content: "{\"a\":\"\\n\\r\\u2028\"}", comment: "two\nlines\r"))
        #expect(!event.jsonBytes.contains(UInt8(ascii: "\n")) && !event.jsonBytes.contains(UInt8(ascii: "\r")))
    }

    @Test func carriesContentUpToTheLimit() throws {
        let record = try Sample.record()
        let length = record.content.bytes.count
        #expect(ConfigEvent(record, inlineLimit: length).content == record.content)
        #expect(ConfigEvent(record, inlineLimit: length - 1).content == nil)
        #expect(ConfigEvent(record, inlineLimit: length - 1).record == nil)
        #expect(ConfigEvent(try Sample.record(changeType: .deleted), inlineLimit: 0).content == nil)
    }

    @Test(arguments: zip(ChangeType.allCases, ["ConfigCreated", "ConfigUpdated", "ConfigDeleted"]))
    func namesItsType(change: ChangeType, name: String) throws {
        let event = ConfigEvent(try Sample.record(changeType: change))
        #expect(event.eventType == name)
        #expect(event.routingKey == "config.\(change.rawValue)")
    }

    @Test(arguments: zip(ChangeType.allCases, ["SchemaCreated", "SchemaUpdated", "SchemaDeleted"]))
    func namesTheTypeOfASchema(change: ChangeType, name: String) throws {
        let record = VersionRecord(
            key: try SchemaDocument.key(of: "prod.parsing"), version: 1, changeType: .created,
            content: SchemaDocument(schema: .bool(true)).content, previousHash: nil, epoch: try Sample.record().epoch,
            changeID: "c", createdAt: Timestamp(milliseconds: 0), createdBy: "me", comment: "")
        let event = ConfigEvent(record)
        #expect(try ConfigEvent(json: event.jsonBytes) == event)
        #expect(event.eventType == "SchemaCreated" && event.routingKey == "schema.created")
        #expect(change.eventType(of: record.key) == name)
    }

    @Test func identifiersTellVersionsApart() throws {
        let events = [
            ConfigEvent(try Sample.record()), ConfigEvent(try Sample.record(version: 8)),
            ConfigEvent(try Sample.record(service: "other")), ConfigEvent(try Sample.record(environment: "other")),
        ]
        #expect(Set(events.map(\.eventID)).count == events.count)
        #expect(ConfigEvent(try Sample.record(comment: "another")).eventID == events[0].eventID)
    }

    @Test func holdsContentOfTheLargestSize() throws {
        let limits = ContentLimits(maximumBytes: ContentLimits.byteCeiling)
        // Every byte of such a string needs six bytes in the content, and each of those escapes one more in the event.
        let text = String(repeating: "\u{1}", count: (ContentLimits.byteCeiling - 8) / 6)
        let content = try Content(JSONObject([("a", .string(text))]), limits: limits)
        let record = try Sample.record()
        let large = VersionRecord(
            key: record.key, version: 1, changeType: .created, content: content, previousHash: nil, epoch: record.epoch,
            changeID: "c", createdAt: record.createdAt, createdBy: "", comment: "")
        let event = ConfigEvent(large, inlineLimit: .max)
        #expect(try ConfigEvent(json: event.jsonBytes, limits: limits) == event)
        #expect(throws: EventError.self) { try ConfigEvent(json: event.jsonBytes) }
    }
}
