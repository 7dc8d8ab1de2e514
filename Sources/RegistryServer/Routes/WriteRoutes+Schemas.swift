import ConfigAccess
import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import RegistryAPI

extension WriteRoutes {
    /// `PUT /api/configs/{service}/schema`: the next version of a service's schema.
    func putSchema(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        let query = try request.query([QueryName.expectedVersion])
        let key = try DocumentKey(schemaOf: context.service)
        try context.authorise(.service(key.service))
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let body = try await bodies.bytes(of: request, context)
        let wanted = try await work.forRequest(on: context.channel).run(body.count) { _ in try SchemaBody(body) }
        let origin = origin(
            identity, context, author: wanted.change.createdBy, comment: wanted.change.comment,
            overrides: wanted.change.overrides)
        let expected = try request.expectation(query: query, bodyVersion: wanted.change.expectedVersion)
        let publication: SchemaPublication
        do throws(RegistryError) {
            publication = try await registry.putSchema(
                wanted.document, of: key.service, expected: expected, origin: origin)
        } catch {
            guard case .schemaBreaks(_, let breaks) = error else { throw error }
            let (documents, hidden) = context.visible(breaks)
            throw Problem(error, epoch: registry.epoch).with("breaks", .array(documents.map(\.json)))
                .with("hidden", Int64(hidden))
        }
        let (breaks, hidden) = context.visible(publication.breaks)
        let facts = try SchemaPublicationFacts(
            publication.record, warnings: publication.warnings, checkedDocuments: publication.documentCount,
            breaks: breaks, hidden: hidden)
        var response = Response.json(
            facts.jsonBytes, status: publication.record.changeType == .created ? .created : .ok,
            headers: HTTPFields(HeadFacts.identity(of: publication.record, epoch: registry.epoch)))
        if publication.record.changeType == .created { response.headers[.location] = APIPath.document(key) }
        return response
    }

    /// `DELETE /api/configs/{service}/schema`: a tombstone.
    func deleteSchema(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        let query = try request.query([QueryName.expectedVersion, QueryName.comment, QueryName.createdBy])
        let key = try DocumentKey(schemaOf: context.service)
        try context.authorise(.service(key.service))
        try await bodies.refuseBody(of: request, context)
        let deleted = try await registry.deleteSchema(
            of: key.service, expected: try request.expectation(query: query),
            origin: origin(
                identity, context, author: query[QueryName.createdBy], comment: query[QueryName.comment],
                overrides: .none))
        guard let deleted else { return .json(Deletion.nothing.jsonBytes) }
        return .json(
            Deletion.deleted(version: deleted.record.version).jsonBytes,
            headers: HTTPFields(HeadFacts.identity(of: deleted.record, epoch: registry.epoch)))
    }

    /// Where documents are checked merged over the default environment's, a refusal says something of that one: who writes has
    /// to be permitted to read it.
    func permitBase(of key: DocumentKey, _ context: ServerContext) async throws {
        guard key.environment != DocumentKey.defaultEnvironment, let mayRead = context.mayRead else { return }
        let base: DocumentKey
        do { base = try DocumentKey(service: key.service) } catch { throw Problem(error) }
        guard !mayRead(base), try await registry.mergesDefault(key.service) else { return }
        try context.permit(.document(base), for: .readDocument)
    }
}
