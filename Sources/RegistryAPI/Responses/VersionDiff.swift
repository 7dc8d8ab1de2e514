public import ConfigModel

/// What changed between two versions of a document.
public struct VersionDiff: Sendable, Equatable {
    /// A top-level member that both versions have, with different values.
    public struct Change: Sendable, Equatable {
        /// The member's name.
        public let key: String
        /// Its value in the old version.
        public let old: JSONValue
        /// Its value in the new version.
        public let new: JSONValue
    }

    /// Which document.
    public let key: DocumentKey
    /// The version that was compared from; 0 for "none".
    public let oldVersion: Int64
    /// The version that was compared to.
    public let newVersion: Int64
    /// Top-level members that only the new version has.
    public let added: JSONObject
    /// Top-level members that only the old version has.
    public let removed: JSONObject
    /// Top-level members whose values differ, in key order.
    public let changed: [Change]
    /// The operations that turn the old content into the new one (RFC 6902).
    public let patch: JSONValue
}

extension VersionDiff {
    /// Reads a body.
    package init(_ body: [UInt8]) throws(InvalidResponse) {
        let object = try ResponseJSON.object(body)
        self = try ResponseJSON.fields { () throws(JSONFieldError) in try VersionDiff(json: object) }
    }

    /// Reads the object of a body.
    package init(json object: JSONObject) throws(JSONFieldError) {
        var changes: [Change] = []
        for (key, value) in try object.object("changed") {
            guard case .object(let pair) = value, let old = pair["old"], let new = pair["new"] else {
                throw JSONFieldError(field: key, problem: .invalid("a change has 'old' and 'new'."))
            }
            changes.append(Change(key: key, old: old, new: new))
        }
        self.init(
            key: try object.namedKey(), oldVersion: try object.int64("old_version"),
            newVersion: try object.int64("new_version"), added: try object.object("added"),
            removed: try object.object("removed"), changed: changes, patch: .array(try object.array("patch")))
    }

    /// Writes a body.
    ///
    /// - Parameters:
    ///   - diff: what changed.
    ///   - old: the version that was compared from; nil for none.
    ///   - new: the version that was compared to.
    package static func jsonBytes(_ diff: DocumentDiff, from old: VersionRecord?, to new: VersionRecord) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object { body in
            body.member("service_name", new.key.service)
            body.member("environment", new.key.environment)
            body.member("old_version", old?.version ?? 0)
            body.member("new_version", new.version)
            diff.appendMembers(to: &body)
        }
        return writer.bytes
    }
}
