import ConfigAccess
import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import RegistryAPI

/// The calls that refuse identities which the registry did not issue.
struct DenialRoutes: Sendable {
    let administration: AccessAdministration
    private let bodies = RequestBodyReader(maximumBytes: APILimits.accessBody)

    init(administration: AccessAdministration) { self.administration = administration }

    func add(to routes: inout RouteTable) {
        routes.on(.get, APIPath.denials, .manageDenials) { try await list($0, $1) }
        routes.on(.post, APIPath.denials, .manageDenials) { try await create($0, $1) }
        routes.on(.delete, APIPath.denial, .manageDenials) { try await remove($0, $1) }
    }

    private func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        try context.authorise(.registry)
        let denials = try await context.administering { principal, _ throws(AccessError) in
            try await administration.denials(for: principal)
        }
        return .json(DenialFacts.jsonBytes(denials.map(DenialFacts.init)))
    }

    private func create(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        try context.authorise(.registry)
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let wanted = try DenialRequest(try await bodies.bytes(of: request, context))
        let subject: Denial.Subject =
            switch wanted.subject {
            case .identity(let name): .identity(name)
            case .jti(let jti): .jti(jti)
            }
        let denial = try await context.administering { _, actor throws(AccessError) in
            try await administration.addDenial(subject, until: wanted.until, comment: wanted.comment, by: actor)
        }
        var response = Response.json(DenialFacts(denial).jsonBytes, status: .created)
        response.headers[.location] = APIPath.denial(denial.id)
        return response
    }

    private func remove(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        let id = try AccessID.read(context.accessID)
        try context.authorise(.registry)
        try await bodies.refuseBody(of: request, context)
        try await context.administering { _, actor throws(AccessError) in
            try await administration.removeDenial(id, by: actor)
        }
        return .json(Revocation.jsonBytes(Revocation.removed, true))
    }
}
