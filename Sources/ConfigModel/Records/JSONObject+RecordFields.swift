/// The fields that records and events have in common.
extension JSONObject {
    func hash(_ key: String) throws(JSONFieldError) -> String {
        let text = try string(key)
        guard SHA256Text.isWellFormed(text) else {
            throw wrongForm(key, "it must be sha256: and 64 lower case digits.")
        }
        return text
    }

    func optionalHash(_ key: String) throws(JSONFieldError) -> String? {
        try optionalString(key) == nil ? nil : hash(key)
    }

    func positive(_ key: String) throws(JSONFieldError) -> Int64 {
        let number = try int64(key)
        guard number >= 1 else { throw wrongForm(key, "it must be at least 1.") }
        return number
    }

    func optionalPositive(_ key: String) throws(JSONFieldError) -> Int64? {
        try optionalInt64(key) == nil ? nil : positive(key)
    }

    func changeType(_ key: String) throws(JSONFieldError) -> ChangeType {
        guard let type = ChangeType(rawValue: try string(key)) else {
            throw wrongForm(key, "it must be created, updated or deleted.")
        }
        return type
    }

    func epoch(_ key: String) throws(JSONFieldError) -> Epoch {
        guard let epoch = Epoch(parsing: try string(key)) else {
            throw wrongForm(key, "it must be a number, a dash and a UUID in lower case.")
        }
        return epoch
    }

    func timestamp(_ key: String) throws(JSONFieldError) -> Timestamp {
        guard let timestamp = Timestamp(parsing: try string(key)) else {
            throw wrongForm(key, "it must look like 2026-11-20T21:30:00.123Z.")
        }
        return timestamp
    }

    /// `signature` and `key_id`, which come together or not at all.
    func signature() throws(JSONFieldError) -> RecordSignature? {
        switch (try optionalString("signature"), try optionalString("key_id")) {
        case (let signature?, let keyID?): RecordSignature(signature: signature, keyID: keyID)
        case (nil, nil): nil
        case (nil, _?): throw JSONFieldError(field: "signature", problem: .missing(expected: "a string"))
        case (_?, nil): throw JSONFieldError(field: "key_id", problem: .missing(expected: "a string"))
        }
    }

    /// `changeset_id` and `changeset_members` of a version, once the list is proven.
    ///
    /// - Throws: `JSONFieldError` or `ChangeSetFault`.
    func changeSet(of key: DocumentKey, version: Int64) throws -> ChangeSet? {
        try ChangeSet.proving(
            id: optionalString("changeset_id"), members: optionalStrings("changeset_members"), of: key,
            version: version, epoch: epoch("epoch"), changeID: string("change_id"))
    }

    private func wrongForm(_ key: String, _ rule: String) -> JSONFieldError {
        JSONFieldError(field: key, problem: .invalid(rule))
    }
}
