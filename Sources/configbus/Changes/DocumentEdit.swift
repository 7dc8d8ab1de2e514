import ConfigModel
import RegistryAPI
import RegistryClient

/// Reads a document, changes it and publishes the result; when another writer was faster it starts anew.
struct DocumentEdit {
    let key: DocumentKey
    let change: ChangeOptions
    /// Content that is there already makes a version too.
    var isForced = false

    private static let attempts = 16

    func publish(
        _ client: RegistryClient, _ edit: @escaping @Sendable (JSONObject) throws -> JSONObject
    ) async throws -> WriteReport {
        if let earlier = try await EarlierVersions.made(under: change.reason.idempotencyKey, [key], client) {
            let wanted = WantedChange(key: key, operation: .edit(edit))
            return try await earlier.report(of: wanted, comment: change.reason.comment, client)
        }
        for _ in 1..<Self.attempts {
            if let report = try await attempt(client, edit) { return report }
        }
        throw CommandFailure.refused("\(key) changes faster than it can be edited. Try again.")
    }

    /// Returns nil when another writer was faster, unless the caller insists on a version.
    private func attempt(
        _ client: RegistryClient, _ edit: (JSONObject) throws -> JSONObject
    ) async throws -> WriteReport? {
        let head = try await client.livingHead(of: key, isFresh: true)
        let content = Content(try edit(head.content.object))
        if content == head.content, !isForced, change.expects(head.version) {
            return .unchanged(try await client.version(head.version, of: key))
        }
        let options = try change.options(expected: .etag(head.etag))
        do {
            let written = try await client.update(content, of: key, options)
            return await .made(written, after: head, client)
        } catch {
            guard error.code == .preconditionFailed, change.expectedVersion == nil else { throw error }
            return nil
        }
    }
}
