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
        let query = try request.query(QueryName.ofWritesWithoutBody)
        let deletion = ChangeRequest(
            .delete, of: try request.documentKey(context, query), expected: try request.expectation(query: query),
            origin: origin(identity, context, author: query[QueryName.createdBy], comment: query[QueryName.comment]))
        try context.authorise(.document(deletion.key))
        try await bodies.refuseBody(of: request, context)
        guard let deleted = try await registry.write(deletion) else {
            return .json(Deletion.nothing.jsonBytes)
        }
        return .json(
            Deletion.deleted(version: deleted.record.version).jsonBytes,
            headers: HTTPFields(HeadFacts.identity(of: deleted.record, epoch: registry.epoch)))
    }

    /// `POST /api/configs/{service}/rollback`: the content of an earlier version once more.
    func rollback(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        let query = try request.query(QueryName.ofWrites)
        let key = try request.documentKey(context, query)
        try context.authorise(.document(key))
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let body = try RollbackBody(
            try await bodies.bytes(of: request, context), maximumDepth: options.contentLimits.maximumDepth + 1)
        let rollback = ChangeRequest(
            .rollback(toVersion: body.toVersion), of: key,
            expected: try request.expectation(query: query, bodyVersion: body.expectedVersion),
            origin: origin(identity, context, author: body.createdBy, comment: body.comment))
        return recordResponse(try await registry.publish(rollback).record, to: request)
    }
}
