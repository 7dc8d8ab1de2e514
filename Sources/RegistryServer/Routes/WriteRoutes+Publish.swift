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
        let published = try await registry.publish(change)
        var response = recordResponse(published.record, to: request, status: .created)
        response.headers[.location] = "\(APIPath.document(change.key))?environment=\(change.key.environment)"
        return response
    }

    /// `PUT /api/configs/{service}`: the next version of a living document.
    func update(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        let change = try await publication(request, context, identity, mode: .update)
        return recordResponse(try await registry.publish(change).record, to: request)
    }

    private func publication(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity, mode: PublishMode
    ) async throws -> ChangeRequest {
        let query = try request.query(QueryName.ofWrites)
        let key = try request.documentKey(context, query)
        try context.authorise(.document(key))
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let body = try await bodies.bytes(of: request, context)
        let limits = options.contentLimits
        let change = try await work.forRequest(on: context.channel).run(body.count) { _ in
            try PublishBody(body, limits: limits)
        }
        let expected = try request.expectation(
            query: query, bodyVersion: change.expectedVersion.get(), takesAny: mode == .update)
        return ChangeRequest(
            .publish(try change.content.get(), mode), of: key, expected: expected,
            origin: origin(identity, context, author: try change.createdBy.get(), comment: try change.comment.get()))
    }
}
