package import ConfigModel

/// A version as the audit shows it.
package struct AuditedChange: Sendable, Equatable {
    /// Which version it is, who made it and why.
    package let summary: HeadSummary
    /// The version whose content a rollback brought back.
    package let restoredFrom: Int64?
    /// The findings that its author let pass.
    package let overrides: String?
    /// With how many others it was published, itself included; nil when it was published alone.
    package let changeSetSize: Int?
    /// Everything that the registry says about it.
    package let json: JSONObject
}

extension AuditedChange {
    /// Reads an entry of a page.
    package init(json object: JSONObject) throws(JSONFieldError) {
        summary = try HeadSummary(json: object)
        restoredFrom = try object.optionalInt64("restored_from")
        overrides = try object.optionalString("overrides")
        changeSetSize = object["changeset_members"] == nil ? nil : try object.texts("changeset_members").count
        json = object
    }

    /// Reads a page.
    package static func list(_ body: [UInt8]) throws(InvalidResponse) -> [AuditedChange] {
        var changes: [AuditedChange] = []
        for object in try ResponseJSON.objects(body) {
            changes.append(try ResponseJSON.fields { () throws(JSONFieldError) in try AuditedChange(json: object) })
        }
        return changes
    }
}
