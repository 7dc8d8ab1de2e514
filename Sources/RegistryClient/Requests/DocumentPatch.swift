public import ConfigModel

/// A change that is described relative to the newest version.
public enum DocumentPatch: Sendable, Equatable {
    /// RFC 7396: an object to be merged into the content.
    case merge(JSONObject)
    /// RFC 6902: a list of operations.
    case operations([JSONValue])
}
