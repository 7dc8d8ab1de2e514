public import ConfigModel
public import RegistryAPI

extension RegistryClient {
    /// Creates a document; a deleted one lives again under the next number.
    ///
    /// - Throws: `RegistryClientError`, with code `.conflict` when a living document exists.
    public func create(
        _ content: Content, as key: DocumentKey, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> WrittenVersion {
        try await put(.create(content), content, as: key, options)
    }

    /// Gives a living document its next version.
    ///
    /// - Throws: `RegistryClientError`, with code `.notFound` when there is no living document and
    ///   `.preconditionFailed` when it is not at the expected version.
    public func update(
        _ content: Content, of key: DocumentKey, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> WrittenVersion {
        try await put(.update(content), content, as: key, options)
    }

    /// Updates a document or, when there is none and no version is expected, creates it.
    ///
    /// Both attempts carry one change identifier, and each is repeated as it is while its outcome is unknown, so that one
    /// call makes at most one version.
    public func publish(
        _ content: Content, as key: DocumentKey, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> WrittenVersion {
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
    ) async throws(RegistryClientError) -> WrittenVersion {
        try written(try await write(WriteRequest(.patch(patch), key, options)), of: key)
    }

    /// Publishes the content of an older version as the next one.
    ///
    /// - Throws: `RegistryClientError`, with code `.notFound` when there is no such version and `.refused` when it is a
    ///   tombstone.
    public func rollback(
        _ key: DocumentKey, to version: Int64, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> WrittenVersion {
        try written(try await write(WriteRequest(.rollback(to: version), key, options)), of: key)
    }

    /// Publishes the content that the same service has in another environment.
    ///
    /// - Parameters:
    ///   - key: the document that gets the content.
    ///   - environment: where the content is from.
    ///   - version: one version of that document; nil for its newest.
    /// - Throws: `RegistryClientError`, with code `.notFound` when there is no such content.
    public func promote(
        _ key: DocumentKey, from environment: String, version: Int64? = nil, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> WrittenVersion {
        let promotion = WriteRequest(.promote(from: environment, version: version), key, options)
        return try written(try await write(promotion), of: key)
    }

    /// What would become of a content, which is not published.
    public func validate(
        _ content: Content, as key: DocumentKey, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> ValidationReport {
        try await validate(ValidationRequest(content, key, options))
    }

    /// What would become of a patch, which is not applied.
    public func validate(
        _ patch: DocumentPatch, of key: DocumentKey, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> ValidationReport {
        try await validate(ValidationRequest(patch, key, options))
    }

    private func validate(_ request: ValidationRequest) async throws(RegistryClientError) -> ValidationReport {
        let response = try await read(request.request)
        return try decoded { () throws(InvalidResponse) in try ValidationReport(response.body) }
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
    ) async throws(RegistryClientError) -> WrittenVersion {
        let response = try await write(WriteRequest(change, key, options))
        let written = try written(response, of: key, content: content)
        guard written.record.content == content else {
            throw refusal("a version with another content than was published")
        }
        return written
    }

    private func written(
        _ response: RegistryResponse, of key: DocumentKey, content: Content? = nil
    ) throws(RegistryClientError) -> WrittenVersion {
        let written = try decoded { () throws(InvalidResponse) in
            try WrittenVersion(response.body, content: content)
        }
        guard written.record.key == key else { throw refusal("a record of another document") }
        return written
    }

    private func write(_ write: WriteRequest) async throws(RegistryClientError) -> RegistryResponse {
        try await self.write(write.request, changeID: write.options.changeID ?? UUIDText.random())
    }
}
