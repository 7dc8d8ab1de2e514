import ConfigAccess
import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import RegistryAPI

/// The call that judges a change without making it. It is a read: the caller need not be one that may write.
struct ValidationRoutes: Sendable {
    /// How many reads it counts as.
    private static let cost = 4

    let writes: WriteRoutes

    func add(to routes: inout RouteTable) {
        routes.on(.post, APIPath.validation, .validateDocument) { try await validate($0, $1) }
    }

    private func validate(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = try request.query(QueryName.ofWritesWithoutBody, repeatable: [QueryName.override])
        let key = try request.documentKey(context, query)
        try context.authorise(.document(key), cost: Self.cost)
        try await writes.permitBase(of: key, context)
        let type = try RequestMediaType(
            request.headers[.contentType], allowed: [.json, .mergePatch, .jsonPatch])
        let identity = try WriteIdentity(HTTPFields())
        let work = writes.work.forRequest(on: context.channel)
        let change =
            type == .json
            ? try await writes.publication(of: key, query, request, context, identity, work, mode: .createOrUpdate)
            : try await writes.revision(of: key, query, request, context, identity, work, type)
        try context.permit(change.origin.overrides, of: key)
        let validation = try await writes.registry.validate(change)
        let (errors, warnings) = (
            VisibleFindings(validation.errors, in: key, mayRead: context.mayRead),
            VisibleFindings(validation.warnings, in: key, mayRead: context.mayRead)
        )
        let size = validation.record.content.bytes.count + (validation.head?.content.bytes.count ?? 0)
        return .json(
            try await work.run(size) { budget in
                ValidationReport.jsonBytes(
                    baseVersion: validation.baseVersion, contentHash: validation.record.content.hash, errors: errors,
                    warnings: warnings, diff: try Self.difference(of: validation, &budget))
            })
    }

    /// The patch from the head; one that replaces the whole where a smaller one is too much work.
    private static func difference(
        of validation: ChangeValidation, _ budget: inout WorkBudget
    ) throws -> JSONPatch {
        let old = JSONValue.object(try validation.head?.content.object ?? JSONObject())
        let new = JSONValue.object(try validation.record.content.object)
        do {
            return try JSONPatch.difference(from: old, to: new, budget: &budget)
        } catch {
            return JSONPatch([.replace(JSONPointer(), new)])
        }
    }
}
