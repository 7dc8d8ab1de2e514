import ConfigAccess
import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import RegistryAPI

/// The calls about the schemas of services that read.
struct SchemaRoutes: Sendable {
    let registry: Registry
    private let answers: SchemaResponses
    private let bodies: RequestBodyReader

    init(registry: Registry, options: RegistryServerOptions) {
        self.registry = registry
        answers = SchemaResponses(registry: registry)
        bodies = RequestBodyReader(maximumBytes: options.maximumBodyBytes, discardedBytes: options.discardedBytes)
    }

    func add(to routes: inout RouteTable) {
        routes.on(.get, APIPath.schema, .readSchema) { try await schema($0, $1) }
        routes.on(.get, APIPath.schemaHistory, .readSchema) { try await history($0, $1) }
        routes.on(.get, APIPath.schemaVersion, .readSchema) { try await version($0, $1) }
        routes.on(.post, APIPath.schemaCheck, .checkSchema) { try await check($0, $1) }
        routes.on(.get, APIPath.schemas, .listSchemas) { try await list($0, $1) }
    }

    /// The bare schema.
    private func schema(_ request: Request, _ context: ServerContext) async throws -> Response {
        let read = try SchemaReadRequest(
            service: context.service, query: request.uri.query, ifNoneMatch: request.headers[.ifNoneMatch],
            cacheControl: request.headers[.cacheControl])
        try context.authorise(.service(read.key.service))
        if let version = read.version {
            let record = try await registry.version(version, of: read.key)
            return try answers.answer(record, registry.epoch, read.condition)
        }
        guard let head = try await registry.head(of: read.key, HeadOptions(isFresh: read.isFresh)) else {
            throw Problem(
                .unknown, "\(read.key.service) has no schema; put one, or check the name of the service.")
        }
        return try answers.answer(head.record, head.epoch, read.condition)
    }

    /// Full records, newest first.
    private func history(_ request: Request, _ context: ServerContext) async throws -> Response {
        let history = try HistoryRequest(schemaOf: context.service, query: request.uri.query)
        try context.authorise(.service(history.key.service), as: .costly)
        let registry = registry
        let pages = RecordPages(limit: history.limit) { version, count, bytes in
            try await registry.history(of: history.key, before: version, limit: count, maximumBytes: bytes)
        }
        return try await pages.response(before: history.before)
    }

    /// One full record.
    private func version(_ request: Request, _ context: ServerContext) async throws -> Response {
        let version = try VersionRequest(
            schemaOf: context.service, version: context.parameters["version"] ?? "", query: request.uri.query)
        try context.authorise(.service(version.key.service))
        let record = try await registry.version(version.version, of: version.key)
        return .json(
            record.jsonBytes, headers: HTTPFields(HeadFacts.identity(of: record, epoch: registry.epoch)))
    }

    /// Which documents fit.
    private func check(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        let service = try DocumentKey(schemaOf: context.service).service
        try context.authorise(.service(service))
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let check = try SchemaCheckRequest(try await bodies.bytes(of: request, context))
        try await permitBase(of: service, check, context)
        let report = try await registry.checkSchema(
            of: service, candidate: check.schema, checks: check.checks, history: check.history)
        let (documents, hidden) = context.visible(report.verdicts)
        return .json(
            SchemaCheckFacts(
                // What the caller may not read must not show, not even in one bit.
                isValid: documents.allSatisfy(\.isValid), version: report.version,
                schemaHash: report.document.hash, checks: report.document.checks, warnings: report.warnings,
                documents: documents, hidden: Int64(hidden)
            ).jsonBytes)
    }

    /// What is checked merged over the default environment's document says something of that one.
    private func permitBase(
        of service: String, _ check: SchemaCheckRequest, _ context: ServerContext
    ) async throws {
        guard let mayRead = context.mayRead else { return }
        let base: DocumentKey
        do { base = try DocumentKey(service: service) } catch { throw Problem(error) }
        guard !mayRead(base) else { return }
        let isMerged =
            if let checks = check.checks { checks == .merged } else { try await registry.mergesDefault(service) }
        if isMerged { try context.permit(.document(base), for: .readDocument) }
    }

    /// The heads of all schemas that the caller may read.
    private func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let list = try ListRequest(schemas: request.uri.query)
        try context.authorise(.registry)
        let principal = context.principal
        let mayRead: @Sendable (DocumentKey) -> Bool = { principal?.reads(service: $0.service) ?? false }
        let page = try await ListPage(
            list, registry, mayRead: principal?.readsEverything == true ? nil : mayRead)
        var fields = HTTPFields()
        if let last = page.continuesAfter { fields[.link] = list.link(after: last) }
        fields.name(page.damaged)
        return .json(page.json, headers: fields)
    }
}

extension ServerContext {
    /// What the caller may see of verdicts, and how many others there are.
    func visible(_ verdicts: [SchemaVerdict]) -> (documents: [SchemaVerdictFacts], hidden: Int) {
        let mayRead = self.mayRead
        let seen = verdicts.filter { mayRead?($0.key) ?? true }
        let documents = seen.map { verdict in
            SchemaVerdictFacts(
                service: verdict.key.service, environment: verdict.key.environment, version: verdict.version,
                findings: verdict.findings)
        }
        return (documents, verdicts.count - seen.count)
    }
}
