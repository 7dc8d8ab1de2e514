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
        for _ in 1..<Self.attempts {
            if let record = try await attempt(client, edit) { return record }
        }
        throw CommandFailure.refused("\(key) changes faster than it can be edited. Try again.")
    }

    /// Answers nil when somebody else was faster, unless the caller insists on a version.
    private func attempt(
        _ client: RegistryClient, _ edit: (JSONObject) throws -> JSONObject
    ) async throws -> VersionRecord? {
        let head = try await client.livingHead(of: key)
        let content = Content(try edit(head.content.object))
        do {
            return try await client.update(content, of: key, change.options(expected: .etag(head.etag)))
        } catch {
            guard error.code == .preconditionFailed, change.expectedVersion == nil else { throw error }
            return nil
        }
    }
}
