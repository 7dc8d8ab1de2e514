import ConfigModel
import ConfigRegistry
import Hummingbird
import RegistryAPI

extension WriteRoutes {
    /// `PATCH /api/configs/{service}`: what a patch makes of the head.
    func patch(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        let query = try request.query(QueryName.ofWritesWithoutBody)
        let key = try request.documentKey(context, query)
        try context.authorise(.document(key))
        let type = try RequestMediaType(request.headers[.contentType], allowed: [.mergePatch, .jsonPatch])
        let body = try await bodies.bytes(of: request, context)
        let limits = options.contentLimits
        // However often it is applied, until no other writer is faster.
        let work = work.forRequest(on: context.channel)
        let patch = try await work.run(body.count) { _ in try PatchApplication(body, type, limits: limits) }
        let expected = try request.expectation(query: query, takesAny: true)
        let revise: ChangeRequest.Revise = { head throws(RegistryError) in
            do {
                return try await work.run(patch.bytes(with: head)) { budget in try patch.apply(to: head, &budget) }
            } catch {
                throw RegistryError(patching: error)
            }
        }
        let revision = ChangeRequest(
            .revise(revise), of: key, expected: expected,
            origin: origin(identity, context, author: query[QueryName.createdBy], comment: query[QueryName.comment]))
        return recordResponse(try await registry.publish(revision).record, to: request)
    }
}

extension RegistryError {
    /// Why a patch made no content.
    fileprivate init(patching error: any Error) {
        switch error {
        case let error as RegistryError: self = error
        case let limit as WorkLimit:
            self.init(limit, instead: "send a smaller patch, or the whole content. Nothing was changed.")
        default: self = .unavailable("\(error)")
        }
    }
}
