import ConfigModel

extension HeadSummary {
    init(json object: JSONObject) throws(JSONFieldError) {
        self.init(
            key: try object.answeredKey(), version: try object.int64("version"),
            changeType: try object.answered("change_type") { ChangeType(rawValue: $0) },
            contentHash: try object.string("content_hash"), recordHash: try object.string("record_hash"),
            epoch: try object.answered("epoch") { Epoch(parsing: $0) },
            createdAt: try object.answered("created_at") { Timestamp(parsing: $0) },
            createdBy: try object.string("created_by"), comment: try object.string("comment"))
    }
}

extension JSONObject {
    /// The document that an answer names.
    func answeredKey() throws(JSONFieldError) -> DocumentKey {
        let service = try string("service_name")
        let environment = try string("environment")
        do {
            return try DocumentKey(service: service, environment: environment)
        } catch {
            throw JSONFieldError(field: "\(error.kind)", problem: .invalid("\(error)"))
        }
    }

    /// A field whose text has a meaning of its own.
    func answered<Value>(_ name: String, _ read: (String) -> Value?) throws(JSONFieldError) -> Value {
        let text = try string(name)
        guard let value = read(text) else {
            throw JSONFieldError(field: name, problem: .invalid("it cannot be \(JSONValue.string(text))."))
        }
        return value
    }
}
