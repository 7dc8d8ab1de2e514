import ConfigAccess
import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import RegistryAPI

extension WriteRoutes {
    /// `POST /api/configs/{service}/promote`: the content that another environment has.
    func promote(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        let query = try request.query(QueryName.ofWrites)
        let key = try request.documentKey(context, query)
        try context.authorise(.document(key))
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let body = try PromotionBody(
            try await bodies.bytes(of: request, context), maximumDepth: options.contentLimits.maximumDepth + 1)
        let source = try body.source(for: key)
        // The content is read for the caller, before it is known whether there is one.
        try context.permit(.document(source), for: .readDocument)
        try context.permit(body.change.overrides, of: key)
        try await permitBase(of: key, context)
        let promotion = ChangeRequest(
            .promote(Promotion(from: source, version: body.fromVersion)), of: key,
            expected: try request.expectation(query: query, bodyVersion: body.change.expectedVersion),
            origin: origin(
                identity, context, author: body.change.createdBy, comment: body.change.comment,
                overrides: body.change.overrides))
        return recordResponse(try await registry.publish(promotion), to: request, context)
    }
}
