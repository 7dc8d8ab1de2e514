public import ConfigModel
public import RegistryAPI

extension RegistryClient {
    /// Creates a document; a deleted one lives again under the next number.
    ///
    /// - Throws: `RegistryClientError`, with code `.conflict` when a living document exists.
    public func create(
        _ content: Content, as key: DocumentKey, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> VersionRecord {
        try await put(.create(content), content, as: key, options)
    }

    /// Gives a living document its next version.
    ///
    /// - Throws: `RegistryClientError`, with code `.notFound` when there is no living document and
    ///   `.preconditionFailed` when it is not at the expected version.
    public func update(
        _ content: Content, of key: DocumentKey, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> VersionRecord {
        try await put(.update(content), content, as: key, options)
    }

    /// Updates a document or, when there is none and no version is expected, creates it.
    ///
    /// Both attempts carry one change identifier, and each is repeated as it is while its outcome is unknown, so that one
    /// call makes at most one version.
    public func publish(
        _ content: Content, as key: DocumentKey, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> VersionRecord {
        var options = options
        options.changeID = options.changeID ?? UUIDText.random()
        var rounds = 1
        while true {
            do {
                return try await update(content, of: key, options)
            } catch {
                // A change that was made before under this identifier may have been a creation: the same creation answers it.
                guard options.expected == nil, let type = error.problem?.type,
                    [.unknown, .deleted, .changeReused].contains(type)
                else { throw error }
            }
            do {
                return try await create(content, as: key, options)
            } catch {
                // Another writer created it in between: update that.
                guard error.code == .conflict, error.problem?.type == .exists, rounds < 8 else { throw error }
                rounds += 1
            }
        }
    }

    /// Applies a patch to the newest version.
    public func patch(
        _ patch: DocumentPatch, of key: DocumentKey, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> VersionRecord {
        try record(from: try await write(WriteRequest(.patch(patch), key, options)), of: key)
    }

    /// Publishes the content of an older version as the next one.
    ///
    /// - Throws: `RegistryClientError`, with code `.notFound` when there is no such version and `.refused` when it is a
    ///   tombstone.
    public func rollback(
        _ key: DocumentKey, to version: Int64, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> VersionRecord {
        try record(from: try await write(WriteRequest(.rollback(to: version), key, options)), of: key)
    }

    /// Deletes a document by adding a tombstone.
    public func delete(
        _ key: DocumentKey, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> Deletion {
        let response = try await write(WriteRequest(.delete, key, options))
        return try decoded { () throws(InvalidResponse) in try Deletion(response.body) }
    }

    private func put(
        _ change: WriteRequest.Change, _ content: Content, as key: DocumentKey, _ options: WriteOptions
    ) async throws(RegistryClientError) -> VersionRecord {
        let response = try await write(WriteRequest(change, key, options))
        let record = try record(from: response, of: key, content: content)
        guard record.content == content else {
            throw refusal("a version with another content than was published")
        }
        return record
    }

    private func write(_ write: WriteRequest) async throws(RegistryClientError) -> RegistryResponse {
        try await self.write(write.request, changeID: write.options.changeID ?? UUIDText.random())
    }
}
