import ConfigAccess
import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import RegistryAPI

/// The calls that make a document's next version.
struct WriteRoutes: Sendable {
    let registry: Registry
    let translator: ProblemTranslator
    let options: RegistryServerOptions
    let work: ContentWork
    let bodies: RequestBodyReader

    init(registry: Registry, translator: ProblemTranslator, options: RegistryServerOptions, work: ContentWork) {
        self.registry = registry
        self.translator = translator
        self.options = options
        self.work = work
        bodies = RequestBodyReader(
            maximumBytes: options.maximumBodyBytes, discardedBytes: options.discardedBytes)
    }

    func add(to routes: inout RouteTable) {
        routes.on(.post, APIPath.document, .writeDocument) { try await answer($0, $1, create) }
        routes.on(.put, APIPath.document, .writeDocument) { try await answer($0, $1, update) }
        routes.on(.patch, APIPath.document, .writeDocument) { try await answer($0, $1, patch) }
        routes.on(.delete, APIPath.document, .deleteDocument) { try await answer($0, $1, delete) }
        routes.on(.post, APIPath.rollback, .writeDocument) { try await answer($0, $1, rollback) }
        routes.on(.post, APIPath.promotion, .writeDocument) { try await answer($0, $1, promote) }
        ValidationRoutes(writes: self).add(to: &routes)
        routes.on(.put, APIPath.schema, .writeSchema) { try await answer($0, $1, putSchema) }
        routes.on(.delete, APIPath.schema, .writeSchema) { try await answer($0, $1, deleteSchema) }
    }

    /// Handles a write so that every response carries its identifiers.
    func answer(
        _ request: Request, _ context: ServerContext,
        _ handle: (Request, ServerContext, WriteIdentity) async throws -> Response
    ) async throws -> Response {
        let identity = try WriteIdentity(request.headers)
        do {
            var response = try await handle(request, context, identity)
            response.headers.append(contentsOf: HTTPFields(identity.headers))
            return response
        } catch let error as RegistryError {
            throw Problem(error, epoch: registry.epoch, mayRead: context.mayRead).with(identity.headers)
        } catch {
            throw translator.problem(from: error, logger: context.logger).with(identity.headers)
        }
    }

    /// The response that carries a whole record, or all but its content when the caller prefers that, and the warnings that the
    /// caller may see.
    func recordResponse(
        _ published: Published, to request: Request, _ context: ServerContext, status: HTTPResponse.Status = .ok
    ) -> Response {
        let record = published.record
        let preference = ReturnPreference(request.headers[.prefer])
        var headers = HTTPFields(HeadFacts.identity(of: record, epoch: registry.epoch))
        headers[.preferenceApplied] = preference.applied
        let warnings = VisibleFindings(published.warnings, in: record.key, mayRead: context.mayRead)
        return .json(
            WrittenVersion.jsonBytes(record, warnings: warnings, withContent: !preference.isMinimal), status: status,
            headers: headers)
    }

    /// Who makes a change: the caller's identity, whatever the request says; one that speaks for others names the person behind
    /// its own name. Without authentication, whom the request names.
    func origin(
        _ identity: WriteIdentity, _ context: ServerContext, author: String?, comment: String?,
        overrides: CheckOverrides
    ) -> ChangeOrigin {
        guard let principal = context.principal, !principal.isUnrestricted else {
            return identity.origin(
                author: author ?? options.anonymousAuthor, comment: comment, overrides: overrides)
        }
        let name =
            if let author, !author.isEmpty, principal.rights.contains(.onBehalf) {
                "\(principal.name) for \(author)"
            } else {
                principal.name
            }
        var origin = identity.origin(
            author: name, comment: comment, overrides: overrides,
            actor: AccessActor(principal, address: context.address))
        origin.unusedAuthor = author
        return origin
    }
}
