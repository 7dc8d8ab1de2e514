public import ConfigModel

/// The version that a write made, and what its author should know about it. The record's fields can be read directly.
@dynamicMemberLookup
public struct WrittenVersion: Sendable, Equatable {
    /// The version.
    public let record: VersionRecord
    /// What checks say about it, which refused nothing. They are not stored: a repeated write has none.
    public let warnings: [CheckFinding]

    /// Puts both together.
    package init(_ record: VersionRecord, warnings: [CheckFinding] = []) {
        self.record = record
        self.warnings = warnings
    }

    /// A field of the record.
    public subscript<Value>(dynamicMember field: KeyPath<VersionRecord, Value>) -> Value { record[keyPath: field] }
}

extension WrittenVersion {
    static let warningsField = "warnings"

    /// Reads the body of an answer; the record's hashes are recomputed.
    ///
    /// - Parameter content: the record's, where the response may come without it.
    package init(_ body: [UInt8], content: Content? = nil) throws(InvalidResponse) {
        let object = try ResponseJSON.object(body)
        record = try ResponseJSON.record(object, content: content)
        warnings = CheckFinding.list(object[Self.warningsField])
    }

    /// Writes the body of an answer.
    ///
    /// - Parameters:
    ///   - warnings: what the caller may see.
    ///   - withContent: whether `config_data` is part of it.
    package static func jsonBytes(
        _ record: VersionRecord, warnings: VisibleFindings, withContent: Bool
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: 1_024 + (withContent ? record.content.bytes.count : 0))
        record.appendJSON(to: &writer, withContent: withContent) { body in
            warnings.appendMembers(warningsField, isOptional: true, to: &body)
        }
        return writer.bytes
    }
}

extension CheckFinding {
    /// The findings in a response; what this program does not know is left out.
    static func list(_ value: JSONValue?) -> [CheckFinding] {
        guard case .array(let elements)? = value else { return [] }
        return elements.compactMap { CheckFinding(json: $0) }
    }
}
