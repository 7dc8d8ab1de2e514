extension VersionRecord {
    /// The full record as JSON: content verbatim, absent optionals left out.
    package var jsonBytes: [UInt8] { jsonBytes(withContent: true) }

    /// The full record as JSON, or all of it but `config_data`.
    package func jsonBytes(withContent: Bool) -> [UInt8] {
        var writer = JSONWriter(capacity: 1_024 + (withContent ? content.bytes.count : 0))
        appendJSON(to: &writer, withContent: withContent)
        return writer.bytes
    }

    /// Appends the full record as JSON.
    ///
    /// - Parameters:
    ///   - withContent: whether `config_data` is part of it; lists of heads can do without.
    ///   - others: writes members beside its own.
    package func appendJSON(
        to writer: inout JSONWriter, withContent: Bool = true, _ others: (inout JSONWriter) -> Void = { _ in }
    ) {
        writer.object { record in
            record.member("service_name", key.service)
            record.member("environment", key.environment)
            record.member("version", version)
            record.member("change_type", changeType.rawValue)
            if withContent { record.member("config_data", verbatim: content.bytes) }
            record.member("content_hash", content.hash)
            record.member("previous_hash", previousHash)
            record.member("record_hash", recordHash)
            record.member("epoch", epoch.description)
            record.member("change_id", changeID)
            record.member("correlation_id", correlationID)
            record.member("changeset_id", changeSet?.id)
            record.member("changeset_members", changeSet?.members)
            record.member("created_at", createdAt.description)
            record.member("updated_at", createdAt.description)
            record.member("created_by", createdBy)
            record.member("comment", comment)
            record.member("restored_from", restoredFrom)
            record.member("overrides", overrides)
            record.member("signature", signature?.signature)
            record.member("key_id", signature?.keyID)
            others(&record)
        }
    }
}
