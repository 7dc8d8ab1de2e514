extension VersionRecord {
    /// Reads a full record and checks that its hashes hold. Fields that this version does not know are ignored.
    package init(json bytes: [UInt8]) throws(RecordDecodingError) {
        let value: JSONValue
        do {
            value = try JSONReader.read(bytes)
        } catch {
            throw .invalidJSON(error)
        }
        try self.init(json: value)
    }

    /// Takes a full record from a value and checks that its hashes hold.
    ///
    /// - Parameter known: what the record is about when it comes without `config_data`.
    package init(json value: JSONValue, content known: Content? = nil) throws(RecordDecodingError) {
        guard case .object(let fields) = value else {
            throw .invalidField("A record is a JSON object, not \(value.kind).")
        }
        let claimedHash: String
        do {
            try self.init(unproven: fields, content: known)
            claimedHash = try fields.hash("content_hash")
        } catch let error as RecordDecodingError {
            throw error
        } catch {
            throw .invalidField("\(error)")
        }
        guard content.hash == claimedHash else { throw .wrongContentHash(key, version: version) }
        guard recordHash == computedRecordHash else { throw .wrongRecordHash(key, version: version) }
    }

    private init(unproven fields: JSONObject, content known: Content?) throws {
        let included = try fields.optionalObject("config_data").map { Content($0) }
        let key = try DocumentKey(
            storedService: fields.string("service_name"), environment: fields.string("environment"))
        let version = try fields.positive("version")
        self.init(
            stored: key,
            version: version,
            changeType: try fields.changeType("change_type"),
            content: try included ?? known ?? Content(fields.object("config_data")),
            previousHash: try fields.optionalHash("previous_hash"),
            recordHash: try fields.hash("record_hash"),
            epoch: try fields.epoch("epoch"),
            changeID: try fields.string("change_id"),
            correlationID: try fields.optionalString("correlation_id"),
            changeSet: try Self.changeSet(fields, of: key, version: version),
            createdAt: try fields.timestamp("created_at"),
            createdBy: try fields.string("created_by"),
            comment: try fields.string("comment"),
            restoredFrom: try fields.optionalPositive("restored_from"),
            overrides: try fields.optionalString("overrides"),
            signature: try fields.signature())
    }

    private static func changeSet(_ fields: JSONObject, of key: DocumentKey, version: Int64) throws -> ChangeSet? {
        do {
            return try fields.changeSet(of: key, version: version)
        } catch let fault as ChangeSetFault {
            throw RecordDecodingError.wrongChangeSet(key, version: version, reason: fault.description)
        }
    }
}
