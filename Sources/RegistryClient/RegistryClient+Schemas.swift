public import ConfigModel
public import RegistryAPI

extension RegistryClient {
    /// The schema of a service.
    ///
    /// - Parameter version: one version; nil for the newest.
    /// - Throws: `RegistryClientError`, with code `.notFound` when the service has no schema, or no such version of it.
    public func schema(of service: String, version: Int64? = nil) async throws(RegistryClientError) -> ServedSchema {
        let request = try named { () throws(InvalidName) in
            try SchemaReadRequest(of: service, version: version, isFresh: true)
        }
        let response = try await read(request.request)
        let served = try decoded { () throws(InvalidResponse) in try ServedSchema(response, key: request.key) }
        guard version.map({ $0 == served.version }) ?? true else {
            throw refusal("version \(served.version) where version \(version ?? 0) was requested")
        }
        return served
    }

    /// The versions of a service's schema, newest first; empty when it never had one.
    ///
    /// - Parameters:
    ///   - service: which service.
    ///   - before: only versions below this one.
    ///   - limit: at most this many.
    public func schemaHistory(
        of service: String, before: Int64? = nil, limit: Int = 10
    ) async throws(RegistryClientError) -> [VersionRecord] {
        try await history(of: try schemaKey(service), before: before, limit: limit)
    }

    /// One version of a service's schema, whole.
    public func schemaVersion(
        _ version: Int64, of service: String
    ) async throws(RegistryClientError) -> VersionRecord {
        try await self.version(version, of: try schemaKey(service))
    }

    /// Puts a schema in force. It takes some seconds: the registry answers when all registries know the schema.
    ///
    /// - Throws: `RegistryClientError`, with code `.refused` when the schema cannot be used, or when documents do not fit it
    ///   and the override `schema-breaks` is not among the options'.
    public func putSchema(
        _ document: SchemaDocument, of service: String, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> SchemaPublicationFacts {
        let write = SchemaWriteRequest(try schemaKey(service), .put(document), options)
        let response = try await self.write(write.request, changeID: options.changeID ?? UUIDText.random())
        let facts = try decoded { () throws(InvalidResponse) in try SchemaPublicationFacts(response.body) }
        guard facts.service == service, facts.schemaHash == document.hash, facts.checks == document.checks else {
            throw refusal("another schema than was put")
        }
        return facts
    }

    /// Ends the schema of a service.
    public func deleteSchema(
        of service: String, _ options: WriteOptions = WriteOptions()
    ) async throws(RegistryClientError) -> Deletion {
        let write = SchemaWriteRequest(try schemaKey(service), .delete, options)
        let response = try await self.write(write.request, changeID: options.changeID ?? UUIDText.random())
        return try decoded { () throws(InvalidResponse) in try Deletion(response.body) }
    }

    /// Says which documents of a service fit its schema, or another one.
    ///
    /// - Parameters:
    ///   - service: which service.
    ///   - schema: another schema than the present one.
    ///   - checks: what is checked; nil for what is checked at present.
    ///   - history: how many versions of each document are looked at, at most 100; 0 for the living heads alone.
    public func checkSchema(
        of service: String, schema: JSONValue? = nil, checks: SchemaDocument.Checks? = nil, history: Int = 0
    ) async throws(RegistryClientError) -> SchemaCheckFacts {
        let key = try schemaKey(service)
        let check = SchemaCheckRequest(schema: schema, checks: checks, history: history)
        let response = try await read(check.request(of: key.service))
        return try decoded { () throws(InvalidResponse) in try SchemaCheckFacts(response.body) }
    }

    /// The newest versions of the schemas of many services, without the schemas.
    public func schemas(
        prefix: String? = nil, includesDeleted: Bool = false, limit: Int? = nil, cursor: String? = nil
    ) async throws(RegistryClientError) -> Page<HeadSummary> {
        var list = ListRequest(prefix: prefix, includesDeleted: includesDeleted, limit: limit, cursor: cursor)
        list.listsSchemas = true
        return try await headSummaries(list)
    }

    private func schemaKey(_ service: String) throws(RegistryClientError) -> DocumentKey {
        try named { () throws(InvalidName) in try SchemaDocument.key(of: service) }
    }

    private func named<Value>(_ make: () throws(InvalidName) -> Value) throws(RegistryClientError) -> Value {
        do { return try make() } catch { throw RegistryClientError(.invalidRequest, error.description) }
    }
}

extension ServedSchema {
    /// Reads a response: the schema is the body, the facts are headers.
    init(_ response: RegistryResponse, key: DocumentKey) throws(InvalidResponse) {
        let facts = try response.facts
        let checks = response.header(.configSchemaChecks).flatMap(SchemaDocument.Checks.init(rawValue:))
        guard let checks else { throw InvalidResponse("a schema that does not say what is checked with it") }
        let schema: JSONValue
        do { schema = try JSONValue(parsing: response.body) } catch {
            throw InvalidResponse("a schema that cannot be read: \(error)")
        }
        let document = SchemaDocument(schema: schema, checks: checks)
        guard document.content.hash == facts.contentHash else {
            throw InvalidResponse("a schema with another hash than it names")
        }
        self.init(
            service: key.service, version: facts.version, document: document, recordHash: facts.recordHash,
            epoch: facts.epoch, etag: facts.etag, signedFacts: facts.signed(key), signature: facts.signature)
    }
}
