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
    }

    /// Handles a write so that every response carries its identifiers.
    private func answer(
        _ request: Request, _ context: ServerContext,
        _ handle: (Request, ServerContext, WriteIdentity) async throws -> Response
    ) async throws -> Response {
        let identity = try WriteIdentity(request.headers)
        do {
            var response = try await handle(request, context, identity)
            response.headers.append(contentsOf: HTTPFields(identity.headers))
            return response
        } catch {
            throw translator.problem(from: error, logger: context.logger).with(identity.headers)
        }
    }

    /// The response that carries a whole record, or all but its content when the caller prefers that.
    func recordResponse(
        _ record: VersionRecord, to request: Request, status: HTTPResponse.Status = .ok
    ) -> Response {
        let preference = ReturnPreference(request.headers[.prefer])
        var headers = HTTPFields(HeadFacts.identity(of: record, epoch: registry.epoch))
        headers[.preferenceApplied] = preference.applied
        return .json(record.jsonBytes(withContent: !preference.isMinimal), status: status, headers: headers)
    }

    /// Who makes a change: the caller's identity, whatever the request says; one that speaks for others names the person behind
    /// its own name. Without authentication, whom the request names.
    func origin(
        _ identity: WriteIdentity, _ context: ServerContext, author: String?, comment: String?
    ) -> ChangeOrigin {
        guard let principal = context.principal, !principal.isUnrestricted else {
            return identity.origin(author: author ?? options.anonymousAuthor, comment: comment)
        }
        let name =
            if let author, !author.isEmpty, principal.rights.contains(.onBehalf) {
                "\(principal.name) for \(author)"
            } else {
                principal.name
            }
        return identity.origin(author: name, comment: comment)
    }
}
