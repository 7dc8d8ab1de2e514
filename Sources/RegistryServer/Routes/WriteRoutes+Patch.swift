import ConfigModel
import ConfigRegistry
import Hummingbird
import RegistryAPI

extension WriteRoutes {
    /// `PATCH /api/configs/{service}`: what a patch makes of the head.
    func patch(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        let query = try request.query(QueryName.ofWritesWithoutBody, repeatable: [QueryName.override])
        let key = try request.documentKey(context, query)
        let overrides = try query.overrides()
        try context.authorise(.document(key))
        try context.permit(overrides, of: key)
        try await permitBase(of: key, context)
        let type = try RequestMediaType(request.headers[.contentType], allowed: [.mergePatch, .jsonPatch])
        // However often it is applied, until no other writer is faster.
        let work = work.forRequest(on: context.channel)
        let revision = try await revision(of: key, query, request, context, identity, work, type)
        return recordResponse(try await registry.publish(revision), to: request, context)
    }

    /// The change that a patch describes.
    func revision(
        of key: DocumentKey, _ query: QueryParameters, _ request: Request, _ context: ServerContext,
        _ identity: WriteIdentity,
        _ work: RequestWork, _ type: RequestMediaType
    ) async throws -> ChangeRequest {
        let body = try await bodies.bytes(of: request, context)
        let limits = options.contentLimits
        let patch = try await work.run(body.count) { _ in try PatchApplication(body, type, limits: limits) }
        let expected = try request.expectation(query: query, takesAny: true)
        return ChangeRequest(
            patch.operation(work), of: key, expected: expected,
            origin: origin(
                identity, context, author: query[QueryName.createdBy], comment: query[QueryName.comment],
                overrides: try query.overrides()))
    }
}
