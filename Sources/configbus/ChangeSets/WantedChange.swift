import ConfigModel
import RegistryAPI

/// What shall become of one document, as a person asks for it: before it is compared with what is there.
struct WantedChange: Sendable {
    /// What shall be done.
    enum Operation: Sendable {
        /// This is the content, whether the document exists or not.
        case content(Content)
        /// What an edit makes of the newest version.
        case edit(@Sendable (JSONObject) throws -> JSONObject)
        /// What a patch makes of the newest version.
        case patch(DocumentPatch)
        /// The content of an earlier version once more.
        case restore(Int64)
        /// A tombstone.
        case delete
    }

    /// Which document.
    let key: DocumentKey
    /// What shall be done to it.
    let operation: Operation
    /// The state that it must be in, where the caller says so.
    var expected: ExpectedVersion?
}
