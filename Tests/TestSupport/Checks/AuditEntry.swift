package import ConfigModel

/// One line of the audit log that tells a change.
package struct AuditEntry: Sendable, Equatable {
    package let key: DocumentKey
    package let version: Int64
    package let changeType: String
    package let createdBy: String
    package let comment: String
    package let changeID: String
    package let oldValue: JSONValue
    package let newValue: JSONValue
    package let contentHash: String
    package let recordHash: String
    package let previousEntryHash: String?
    package let entryHash: String

    package init(_ object: JSONObject) throws {
        key = try DocumentKey(
            storedService: object.string("service_name"), environment: object.string("environment"))
        version = try object.int64("version")
        changeType = try object.string("change_type")
        createdBy = try object.string("created_by")
        comment = try object.string("comment")
        changeID = try object.string("change_id")
        oldValue = object["old_value"] ?? .null
        newValue = object["new_value"] ?? .null
        contentHash = try object.string("content_hash")
        recordHash = try object.string("record_hash")
        previousEntryHash = try object.optionalString("previous_entry_hash")
        entryHash = try object.string("entry_hash")
    }

    /// The entries of a log in its order; checkpoints, which have no version, are left out.
    ///
    /// - Throws: when a complete line is not what the log promises; an unfinished last line is no line yet.
    package static func entries(in log: [UInt8]) throws -> [AuditEntry] {
        guard let end = log.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        return try log[..<end].split(separator: UInt8(ascii: "\n")).compactMap { line in
            guard case .object(let object) = try JSONValue(parsing: Array(line)) else {
                throw NotAnObject(line: String(decoding: line, as: UTF8.self))
            }
            return object["version"] == nil ? nil : try AuditEntry(object)
        }
    }
}
