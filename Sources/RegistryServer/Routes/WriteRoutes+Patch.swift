import ConfigModel
import ConfigRegistry
import Hummingbird

extension WriteRoutes {
    /// `PATCH /api/configs/{service}`: what a patch makes of the head.
    func patch(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        let query = try request.query(["environment", "expected_version", "comment", "created_by"])
        let key = try request.documentKey(context, query)
        let type = try RequestMediaType(request.headers[.contentType], allowed: [.mergePatch, .jsonPatch])
        let patch = try DocumentPatch(try await bodies.bytes(of: request), type, limits: options.contentLimits)
        let expected = try WriteCondition.read(
            request.headers, queryVersion: query.integer("expected_version", in: 0...(.max)), takesAny: true)
        let revision = ProposedRevision(
            key: key, expected: expected,
            origin: origin(identity, author: query["created_by"], comment: query["comment"]),
            revise: { head throws(RegistryError) in try patch.apply(to: head) })
        return recordResponse(try await registry.revise(revision).record, to: request)
    }
}
