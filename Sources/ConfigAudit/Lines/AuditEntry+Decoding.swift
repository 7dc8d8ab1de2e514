import ConfigModel

extension AuditEntry {
    /// Reads the object of a line and checks that content hash and record hash follow from it.
    init(json line: JSONObject) throws(AuditEntryError) {
        do {
            var fields = line
            fields["config_data"] = line["new_value"] == .null ? .object(JSONObject()) : line["new_value"]
            let record = try VersionRecord(json: .object(fields))
            guard record.isTombstone == (line["new_value"] == .null) else {
                throw AuditEntryError(reason: "new_value is null for a deletion, and only there")
            }
            self.init(
                recordedAt: try Self.recordedAt(line), record: record, oldValue: try Self.oldValue(line),
                chain: try Self.chain(line), isOldValueDamaged: line["old_value_damaged"] == .bool(true),
                previousEntryHash: try line.optionalString("previous_entry_hash"))
        } catch let error as AuditEntryError {
            throw error
        } catch {
            throw AuditEntryError(reason: "\(error)")
        }
    }

    private static func recordedAt(_ line: JSONObject) throws -> Timestamp {
        guard let time = Timestamp(parsing: try line.string("recorded_at")) else {
            throw AuditEntryError(reason: "recorded_at is not a time")
        }
        return time
    }

    private static func oldValue(_ line: JSONObject) throws -> Content? {
        guard line["old_value"] != nil else { throw AuditEntryError(reason: "old_value is missing") }
        return try line.optionalObject("old_value").map { Content($0) }
    }

    private static func chain(_ line: JSONObject) throws -> Chain {
        guard let text = try line.optionalString("chain") else { return .whole }
        guard let chain = Chain(rawValue: text), chain != .whole else {
            throw AuditEntryError(reason: "chain is neither missing nor broken")
        }
        return chain
    }
}

/// Why a line is no entry.
struct AuditEntryError: Error {
    let reason: String
}
