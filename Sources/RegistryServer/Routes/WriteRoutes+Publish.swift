import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import RegistryAPI

extension WriteRoutes {
    /// `POST /api/configs/{service}`: the first version, or the first after a deletion.
    func create(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        let change = try await publication(request, context, identity, mode: .create)
        var response = recordResponse(try await registry.publish(change), to: request, context, status: .created)
        response.headers[.location] = "\(APIPath.document(change.key))?environment=\(change.key.environment)"
        return response
    }

    /// `PUT /api/configs/{service}`: the next version of a living document.
    func update(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        let change = try await publication(request, context, identity, mode: .update)
        return recordResponse(try await registry.publish(change), to: request, context)
    }

    private func publication(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity, mode: PublishMode
    ) async throws -> ChangeRequest {
        let query = try request.query(QueryName.ofWrites)
        let key = try request.documentKey(context, query)
        try context.authorise(.document(key))
        try await permitBase(of: key, context)
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let change = try await publication(
            of: key, query, request, context, identity, work.forRequest(on: context.channel), mode: mode)
        try context.permit(change.origin.overrides, of: key)
        return change
    }

    /// The change that a body with a whole content describes. What it does not say of itself is taken from the query, where
    /// the call takes it there.
    func publication(
        of key: DocumentKey, _ query: QueryParameters, _ request: Request, _ context: ServerContext,
        _ identity: WriteIdentity,
        _ work: RequestWork, mode: PublishMode
    ) async throws -> ChangeRequest {
        let body = try await bodies.bytes(of: request, context)
        let limits = options.contentLimits
        let change = try await work.run(body.count) { _ in
            try PublishBody(body, limits: limits)
        }
        let expected = try request.expectation(
            query: query, bodyVersion: change.expectedVersion.get(), takesAny: mode == .update)
        return ChangeRequest(
            .publish(try change.content.get(), mode), of: key, expected: expected,
            origin: origin(
                identity, context, author: try change.createdBy.get() ?? query[QueryName.createdBy],
                comment: try change.comment.get() ?? query[QueryName.comment],
                overrides: try query.overrides(and: change.overrides.get())))
    }
}
