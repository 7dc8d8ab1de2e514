public import ConfigModel

/// What would become of a change, which was not made.
public struct ValidationReport: Sendable, Equatable {
    /// The change would be stored.
    public let isValid: Bool
    /// The number of the version that it was compared with; 0 when there is none.
    public let baseVersion: Int64
    /// The hash of the content that it would have.
    public let contentHash: String
    /// What would refuse it.
    public let errors: [CheckFinding]
    /// What would be said about it.
    public let warnings: [CheckFinding]
    /// How many errors there are in environments that the caller may not read.
    public let hidden: Int64
    /// The JSON patch (RFC 6902) that makes the new content of the newest version's, or of `{}` when there is none.
    public let diff: JSONValue
}

extension ValidationReport {
    /// Reads a body.
    package init(_ body: [UInt8]) throws(InvalidResponse) {
        let object = try ResponseJSON.object(body)
        self = try ResponseJSON.fields { () throws(JSONFieldError) in
            guard case .bool(let isValid)? = object["valid"] else {
                throw JSONFieldError(field: "valid", problem: .invalid("it must be true or false."))
            }
            return ValidationReport(
                isValid: isValid, baseVersion: try object.int64("base_version"),
                contentHash: try object.string("content_hash"), errors: CheckFinding.list(object["errors"]),
                warnings: CheckFinding.list(object["warnings"]), hidden: try object.optionalInt64("hidden") ?? 0,
                diff: .array(try object.array("diff")))
        }
    }

    /// Writes a body.
    ///
    /// - Parameters:
    ///   - errors: what the caller may see of them; there may be some that it may not see.
    ///   - diff: from the newest version to the content.
    package static func jsonBytes(
        baseVersion: Int64, contentHash: String, errors: VisibleFindings, warnings: VisibleFindings, diff: JSONPatch
    ) -> [UInt8] {
        var patch = JSONWriter()
        diff.appendJSON(to: &patch)
        var writer = JSONWriter(capacity: patch.bytes.count + 512)
        writer.object { body in
            body.member("valid", errors.shown.isEmpty && errors.hidden == 0)
            body.member("base_version", baseVersion)
            body.member("content_hash", contentHash)
            errors.appendMembers("errors", isOptional: false, to: &body)
            if errors.more > 0 { body.member("more", errors.more) }
            if errors.hidden > 0 { body.member("hidden", errors.hidden) }
            warnings.appendMembers("warnings", isOptional: false, to: &body)
            body.member("diff", verbatim: patch.bytes)
        }
        return writer.bytes
    }
}
