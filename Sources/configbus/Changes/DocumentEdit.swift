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
        _ client: RegistryClient, _ edit: (JSONObject) throws -> JSONObject
    ) async throws -> WriteReport {
        if let report = try await repetition(client, edit) { return report }
        for _ in 1..<Self.attempts {
            if let report = try await attempt(client, edit) { return report }
        }
        throw CommandFailure.refused("\(key) changes faster than it can be edited. Try again.")
    }

    /// How many versions are searched for one that this command made before.
    private static let searchedVersions = 100

    /// What the same command made before under its `--idempotency-key`; nil when it made nothing yet.
    ///
    /// The edit is relative to the document as it was then, so that the registry, which compares contents, would take its
    /// repetition for another change.
    private func repetition(
        _ client: RegistryClient, _ edit: (JSONObject) throws -> JSONObject
    ) async throws -> WriteReport? {
        guard let changeID = change.reason.idempotencyKey else { return nil }
        let records = try await client.history(of: key, limit: Self.searchedVersions)
        guard let record = records.first(where: { $0.changeID == changeID }) else { return nil }
        let options = try change.options()
        var isSame = record.comment == options.comment && record.createdBy == options.createdBy && record.version > 1
        if isSame {
            let before = try await client.version(record.version - 1, of: key).content.object
            isSame = (try? edit(before)).map { Content($0) == record.content } ?? false
        }
        guard isSame else {
            throw CommandFailure.refused(
                "The --idempotency-key '\(changeID)' already made version \(record.version) of \(key) from another command; "
                    + "use a new key for a new change.")
        }
        return .repetition(record, newest: records.first?.version ?? record.version)
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
