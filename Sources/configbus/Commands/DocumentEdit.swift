import ConfigModel
import RegistryClient

/// Reads a document, changes it and publishes the result, unless somebody else was faster: then it starts anew.
struct DocumentEdit {
    let key: DocumentKey
    let change: ChangeOptions

    private static let attempts = 16

    func publish(
        _ client: RegistryClient, _ edit: (JSONObject) throws -> JSONObject
    ) async throws -> VersionRecord {
        for attempt in 1... {
            let head = try await client.livingHead(of: key)
            let content = Content(try edit(head.content.object))
            do {
                return try await client.update(content, of: key, change.options(expected: .etag(head.etag)))
            } catch  where error.code == .preconditionFailed && change.expectedVersion == nil && attempt < Self.attempts
            {
                continue
            }
        }
        throw CommandFailure.refused("\(key) changes faster than it can be edited. Try again.")
    }
}
