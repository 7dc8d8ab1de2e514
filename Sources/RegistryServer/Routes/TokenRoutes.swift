import ConfigAccess
import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import RegistryAPI

/// The calls that make, show and end tokens, each within the caller's own grants.
struct TokenRoutes: Sendable {
    let administration: AccessAdministration
    private let bodies = RequestBodyReader(maximumBytes: APILimits.accessBody)

    init(administration: AccessAdministration) { self.administration = administration }

    func add(to routes: inout RouteTable) {
        routes.on(.get, APIPath.tokens, .manageTokens) { try await list($0, $1) }
        routes.on(.post, APIPath.tokens, .manageTokens) { try await create($0, $1) }
        routes.on(.get, APIPath.token, .manageTokens) { try await show($0, $1) }
        routes.on(.delete, APIPath.token, .manageTokens) { try await revoke($0, $1) }
        routes.on(.post, APIPath.tokenRotation, .manageTokens) { try await rotate($0, $1) }
        routes.on(.post, APIPath.tokenCheck, .checkToken) { try await check($0, $1) }
    }

    private func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        try context.authorise(.registry)
        let tokens = try await context.administering { principal, _ throws(AccessError) in
            try await administration.tokens(for: principal)
        }
        let now = Timestamp.now
        return .json(TokenFacts.jsonBytes(tokens.map { TokenFacts($0, at: now) }))
    }

    private func show(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        let id = try AccessID.read(context.accessID)
        try context.authorise(.registry)
        let token = try await context.administering { principal, _ throws(AccessError) in
            try await administration.token(id, for: principal)
        }
        return .json(TokenFacts(token, at: .now).jsonBytes)
    }

    private func create(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        try context.authorise(.registry)
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let creation = try TokenCreation(try await bodies.bytes(of: request, context))
        let wanted = try TokenRequest(creation)
        let token = try await context.administering { _, actor throws(AccessError) in
            try await administration.createToken(wanted, by: actor)
        }
        return issued(token)
    }

    private func revoke(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        let id = try AccessID.read(context.accessID)
        try context.authorise(.registry)
        try await bodies.refuseBody(of: request, context)
        let isRevoked = try await context.administering { _, actor throws(AccessError) in
            try await administration.revokeToken(id, by: actor)
        }
        return .json(Revocation.jsonBytes(Revocation.revoked, isRevoked))
    }

    private func rotate(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        let id = context.accessID
        _ = try AccessID.read(id)
        try context.authorise(.registry)
        let body = try await bodies.bytes(of: request, context)
        if !body.isEmpty { _ = try RequestMediaType(request.headers[.contentType], allowed: [.json]) }
        let rotation = try TokenRotation(id: id, body: body)
        let grace = rotation.grace.map { $0.components.seconds * 1_000 } ?? AccessAdministration.standardGrace
        let token = try await context.administering { _, actor throws(AccessError) in
            try await administration.rotateToken(rotation.id, grace: grace, by: actor)
        }
        return issued(token)
    }

    private func check(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        try context.authorise(.registry)
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let check = try TokenCheck(try await bodies.bytes(of: request, context))
        let found: Principal
        do throws(Problem) {
            found = try await context.administering { principal, _ throws(AccessError) in
                try await administration.checkToken(check.token, by: principal)
            }
        } catch {
            // One that does not count is like one that a client sends for itself.
            let isUnknown = error.status == 404
            throw isUnknown ? context.access?.gate.limits?.countFailure(from: context.address) ?? error : error
        }
        return .json(IdentityFacts(found).jsonBytes)
    }

    /// The one response that has a token's text; like every response in JSON it is kept by no cache.
    private func issued(_ new: NewToken) -> Response {
        let token = IssuedToken(TokenFacts(new.token, at: .now), secretText: new.text.secretText)
        var response = Response.json(token.jsonBytes, status: .created)
        response.headers[.location] = APIPath.token(new.token.id)
        return response
    }
}

extension TokenRequest {
    /// Reads what a client wants.
    fileprivate init(_ creation: TokenCreation) throws(Problem) {
        let expiry: Expiry =
            switch creation.expiry {
            case .after(let duration)?: .after(milliseconds: duration.components.seconds * 1_000)
            case .never?: .never
            case nil: .standard
            }
        self.init(
            name: creation.name, grants: try Self.grants(creation.grants), rights: try Self.rights(creation.rights),
            expiry: expiry, comment: creation.comment)
    }

    private static func grants(_ texts: [String]) throws(Problem) -> [Grant] {
        var grants: [Grant] = []
        for (index, text) in texts.enumerated() {
            do throws(InvalidPattern) {
                grants.append(try Grant(parsing: text))
            } catch {
                throw invalid("grants", index, "\(error)")
            }
        }
        return grants
    }

    private static func rights(_ texts: [String]) throws(Problem) -> Set<Right> {
        var rights: Set<Right> = []
        for (index, text) in texts.enumerated() {
            guard let right = Right(rawValue: text) else {
                let known = Right.allCases.map(\.rawValue).joined(separator: ", ")
                throw invalid("rights", index, "'\(text)' is no right; known are \(known).")
            }
            rights.insert(right)
        }
        return rights
    }

    private static func invalid(_ field: String, _ index: Int, _ detail: String) -> Problem {
        Problem(.invalidField, detail)
            .with("pointer", JSONPointer(tokens: [field, String(index)]).description)
    }
}
