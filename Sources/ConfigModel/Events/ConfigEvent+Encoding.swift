extension ConfigEvent {
    /// The envelope on one line, as it goes over the bus and into server-sent events.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter(capacity: 1_536 + (content?.bytes.count ?? 0) * 5 / 4 + (changeSet?.textBytes ?? 0))
        writer.object { envelope in
            envelope.member("event_type", eventType)
            envelope.member("event_id", eventID)
            envelope.member("timestamp", createdAt.description)
            envelope.member("version", Self.schemaVersion)
            envelope.object("data") { appendData(to: &$0) }
        }
        return writer.bytes
    }

    private func appendData(to data: inout JSONWriter) {
        data.member("service_name", key.service)
        data.member("environment", key.environment)
        data.member("version", version)
        data.member("change_type", changeType.rawValue)
        data.member("previous_version", previousVersion)
        data.member("comment", comment)
        data.member("created_by", createdBy)
        data.member("timestamp", createdAt.description)
        data.member("content_hash", contentHash)
        data.member("content_length", contentLength)
        data.member("record_hash", recordHash)
        data.member("previous_hash", previousHash)
        data.member("epoch", epoch.description)
        data.member("change_id", changeID)
        data.member("correlation_id", correlationID)
        data.member("changeset_id", changeSet?.id)
        data.member("changeset_members", changeSet?.members)
        data.member("restored_from", restoredFrom)
        data.member("overrides", overrides)
        data.member("config_json", content.map { String(decoding: $0.bytes, as: UTF8.self) })
        data.member("signature", signature?.signature)
        data.member("key_id", signature?.keyID)
    }
}
