public import ConfigModel
import NIOHTTP1

extension RegistryClient {
    /// Creates a document; a deleted one lives again under the next number.
    ///
    /// - Throws: `RegistryClientError`, with code `.conflict` when a living document exists.
    public func create(
        _ content: Content, as key: DocumentKey, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> VersionRecord {
        try await put(content, as: key, options, method: .POST)
    }

    /// Gives a living document its next version.
    ///
    /// - Throws: `RegistryClientError`, with code `.notFound` when there is no living document and
    ///   `.preconditionFailed` when it is not at the expected version.
    public func update(
        _ content: Content, of key: DocumentKey, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> VersionRecord {
        try await put(content, as: key, options, method: .PUT)
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
                    ["unknown", "deleted", "change-reused"].contains(type)
                else { throw error }
            }
            do {
                return try await create(content, as: key, options)
            } catch {
                // Somebody created it in between: update that.
                guard error.code == .conflict, error.problem?.type == "exists", rounds < 8 else { throw error }
                rounds += 1
            }
        }
    }

    /// Applies a patch to the newest version.
    public func patch(
        _ patch: DocumentPatch, of key: DocumentKey, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> VersionRecord {
        var request = writeRequest(.PATCH, key, "", options)
        request.query += [("comment", options.comment), ("created_by", options.createdBy)]
        request.headers.append(("Content-Type", patch.mediaType))
        request.body = patch.bytes
        return try record(from: try await write(request, options), of: key)
    }

    /// Publishes the content of an older version as the next one.
    ///
    /// - Throws: `RegistryClientError`, with code `.notFound` when there is no such version and `.refused` when it is a
    ///   tombstone.
    public func rollback(
        _ key: DocumentKey, to version: Int64, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> VersionRecord {
        var request = writeRequest(.POST, key, "/rollback", options)
        request.setJSON(RequestBody(options) { $0.member("to_version", version) })
        return try record(from: try await write(request, options), of: key)
    }

    /// Deletes a document by adding a tombstone.
    public func delete(
        _ key: DocumentKey, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> Deletion {
        var request = writeRequest(.DELETE, key, "", options)
        request.query += [("comment", options.comment), ("created_by", options.createdBy)]
        let answer = try answers.object(try await write(request, options).body)
        return try answers.fields { () throws(JSONFieldError) in
            try answer.int64("deleted") == 0 ? .nothing : .deleted(version: try answer.int64("version"))
        }
    }

    private func put(
        _ content: Content, as key: DocumentKey, _ options: WriteOptions, method: HTTPMethod
    ) async throws(RegistryClientError) -> VersionRecord {
        var request = writeRequest(method, key, "", options)
        request.setJSON(RequestBody(options) { $0.member("config_data", verbatim: content.bytes) })
        // The content is here already (RFC 7240); the hashes say whether the version has it.
        request.headers.append(("Prefer", "return=minimal"))
        let record = try record(from: try await write(request, options), of: key, content: content)
        guard record.content == content else {
            throw answers.refusal("a version with another content than was published")
        }
        return record
    }

    private func writeRequest(
        _ method: HTTPMethod, _ key: DocumentKey, _ rest: String, _ options: WriteOptions
    ) -> RegistryRequest {
        var request = RegistryRequest(
            method: method, path: RegistryRequest.path(of: key, rest), query: [("environment", key.environment)])
        request.headers = [("X-Correlation-ID", options.correlationID)]
        switch options.expected {
        case .version(let version)?: request.query.append(("expected_version", String(version)))
        case .etag(let etag)?: request.headers.append(("If-Match", etag))
        case nil: break
        }
        return request
    }

    private func write(
        _ request: RegistryRequest, _ options: WriteOptions
    ) async throws(RegistryClientError) -> RegistryResponse {
        try await write(request, changeID: options.changeID ?? UUIDText.random())
    }
}
