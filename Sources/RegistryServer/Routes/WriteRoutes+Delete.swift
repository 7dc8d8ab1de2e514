import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import RegistryAPI

extension WriteRoutes {
    /// `DELETE /api/configs/{service}`: a tombstone.
    func delete(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        let query = try request.query(QueryName.ofWritesWithoutBody, repeatable: [QueryName.override])
        let overrides = try query.overrides()
        let deletion = ChangeRequest(
            .delete, of: try request.documentKey(context, query), expected: try request.expectation(query: query),
            origin: origin(
                identity, context, author: query[QueryName.createdBy], comment: query[QueryName.comment],
                overrides: overrides))
        try context.authorise(.document(deletion.key))
        try context.permit(overrides, of: deletion.key)
        try await bodies.refuseBody(of: request, context)
        guard let deleted = try await registry.write(deletion) else {
            return .json(Deletion.nothing.jsonBytes)
        }
        let warnings = VisibleFindings(deleted.warnings, in: deletion.key, mayRead: context.mayRead).shown
        return .json(
            Deletion.deleted(version: deleted.record.version, warnings: warnings).jsonBytes,
            headers: HTTPFields(HeadFacts.identity(of: deleted.record, epoch: registry.epoch)))
    }

    /// `POST /api/configs/{service}/rollback`: the content of an earlier version once more.
    func rollback(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        let query = try request.query(QueryName.ofWrites)
        let key = try request.documentKey(context, query)
        try context.authorise(.document(key))
        try await permitBase(of: key, context)
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let body = try RollbackBody(
            try await bodies.bytes(of: request, context), maximumDepth: options.contentLimits.maximumDepth + 1)
        let rollback = ChangeRequest(
            .rollback(toVersion: body.toVersion), of: key,
            expected: try request.expectation(query: query, bodyVersion: body.change.expectedVersion),
            // What it brings back was accepted once, so that a publisher may override a schema that came later.
            origin: origin(
                identity, context, author: body.change.createdBy, comment: body.change.comment,
                overrides: body.change.overrides))
        return recordResponse(try await registry.publish(rollback), to: request, context)
    }
}
