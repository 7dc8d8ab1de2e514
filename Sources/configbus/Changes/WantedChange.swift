import ConfigModel
import RegistryAPI

/// What shall become of one document, as a person asks for it: before it is compared with what is there.
struct WantedChange: Sendable {
    /// What shall be done.
    enum Operation: Sendable {
        /// This is the content, whether the document exists or not.
        case content(Content)
        /// This is the schema of the service.
        case schema(SchemaDocument)
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

extension WantedChange.Operation {
    /// What it makes of a content; nil for a deletion, and where it has nothing to do with what was there.
    func result(on content: JSONObject) throws -> Content? {
        switch self {
        case .content(let content): content
        case .schema(let document): document.content
        case .edit(let edit): Content(try edit(content))
        case .patch(let patch): try patch.patched(content)
        case .restore, .delete: nil
        }
    }
}

extension DocumentPatch {
    /// What it makes of a content.
    ///
    /// - Throws: `CommandFailure` when it does not fit to it.
    func patched(_ object: JSONObject) throws -> Content {
        switch self {
        case .merge(let patch): return Content(MergePatch.merge(patch, into: object))
        case .operations(let operations):
            do {
                var budget = WorkBudget(.max)
                let patch = try JSONPatch(json: .array(operations))
                let limits = ContentNotation.limits
                guard case .object(let object) = try patch.apply(to: .object(object), limits: limits, budget: &budget)
                else {
                    throw CommandFailure.refused("the patch makes of the document something that is no object.")
                }
                return Content(object)
            } catch let error as JSONPatchError {
                throw CommandFailure.refused("\(error)")
            }
        }
    }
}
