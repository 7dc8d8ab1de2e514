extension ConfigEvent {
    private static let envelopeFields = ["event_type", "event_id", "timestamp", "version", "data"]

    /// What everything beside the content comes to at most: above all comment, overrides and the members of a change set.
    private static let maximumFieldBytes = 131_072

    /// Reads and checks an envelope.
    ///
    /// The envelope is strict: exactly its five fields. Fields of `data` that this version does not know are ignored, so
    /// that later versions can add some. Everything that can be checked from the event alone is checked.
    package init(json bytes: [UInt8], limits: ContentLimits = .default) throws(EventError) {
        let envelope = try Self.envelope(in: bytes, limits: limits)
        do {
            try envelope.refuseFields(otherThan: Self.envelopeFields)
            let schemaVersion = try envelope.string("version")
            guard schemaVersion == Self.schemaVersion else { throw EventError.unknownSchemaVersion(schemaVersion) }
            try self.init(data: envelope.object("data"), limits: limits)
            try checkEnvelope(envelope)
            try checkData(envelope.object("data"))
        } catch let error as EventError {
            throw error
        } catch let fault as ChangeSetFault {
            throw .inconsistent(fault.description)
        } catch {
            throw .invalidField("\(error)")
        }
    }

    private static func envelope(in bytes: [UInt8], limits: ContentLimits) throws(EventError) -> JSONObject {
        let value: JSONValue
        do {
            // A string in a string needs more escapes; the rest is for everything beside the content.
            value = try JSONReader.read(
                bytes, limits: JSONLimits(maximumBytes: limits.maximumBytes * 6 + Self.maximumFieldBytes))
        } catch {
            throw .invalidJSON(error)
        }
        guard case .object(let envelope) = value else {
            throw .invalidField("An event is a JSON object, not \(value.kind).")
        }
        return envelope
    }

    private init(data: JSONObject, limits: ContentLimits) throws {
        let contentHash = try data.hash("content_hash")
        let key = try DocumentKey(
            storedService: data.string("service_name"), environment: data.string("environment"))
        let version = try data.positive("version")
        let epoch = try data.epoch("epoch")
        self.init(
            key: key,
            version: version,
            changeType: try data.changeType("change_type"),
            epoch: epoch,
            contentHash: contentHash,
            contentLength: Int(try data.positive("content_length")),
            recordHash: try data.hash("record_hash"),
            previousHash: try data.optionalHash("previous_hash"),
            changeID: try data.string("change_id"),
            createdBy: try data.string("created_by"),
            comment: try data.string("comment"),
            createdAt: try data.timestamp("timestamp"),
            content: try data.optionalString("config_json").map { text in
                try Self.content(text, hash: contentHash, limits: limits)
            },
            signature: try data.signature(),
            changeSet: try data.changeSet(of: key, version: version),
            correlationID: try data.optionalString("correlation_id"),
            restoredFrom: try data.optionalPositive("restored_from"),
            overrides: try data.optionalString("overrides"),
            eventID: Self.identifier(of: version, of: key, in: epoch))
    }

    /// The content that travels with the event, once it is known to be what the hash says.
    private static func content(_ text: String, hash: String, limits: ContentLimits) throws(EventError) -> Content {
        let bytes = Array(text.utf8)
        let content: Content
        do {
            content = try Content(parsing: bytes, limits: limits)
        } catch {
            throw .inconsistent("config_json is no content (\(error))")
        }
        guard content.bytes == bytes else { throw .inconsistent("config_json is not canonical") }
        guard content.hash == hash else { throw .inconsistent("config_json does not have the hash content_hash") }
        return content
    }

    private func checkEnvelope(_ envelope: JSONObject) throws {
        guard try envelope.string("event_type") == eventType else {
            throw EventError.inconsistent("event_type does not fit change_type \(changeType.rawValue)")
        }
        guard try envelope.string("event_id") == eventID else {
            throw EventError.inconsistent("event_id is not the UUIDv5 of this epoch, environment, service and version")
        }
        guard try envelope.timestamp("timestamp") == createdAt else {
            throw EventError.inconsistent("the two timestamps differ")
        }
    }

    private func checkData(_ data: JSONObject) throws {
        guard try data.int64("previous_version") == previousVersion else {
            throw EventError.inconsistent("previous_version is not the version before \(version)")
        }
        guard (version == 1) == (previousHash == nil) else {
            throw EventError.inconsistent("previous_hash is absent for version 1, and only there")
        }
        guard version > 1 || changeType == .created else {
            throw EventError.inconsistent("version 1 can only be created")
        }
        guard content.map({ $0.bytes.count == contentLength }) ?? true else {
            throw EventError.inconsistent("config_json does not have the length content_length")
        }
        guard changeType != .deleted || contentHash == Content.empty.hash else {
            throw EventError.inconsistent("a deleted document has no content")
        }
        guard recordHash == computedRecordHash else {
            throw EventError.inconsistent("record_hash does not follow from the fields")
        }
    }
}
