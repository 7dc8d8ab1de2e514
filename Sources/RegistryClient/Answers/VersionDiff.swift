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
