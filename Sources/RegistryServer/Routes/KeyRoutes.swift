import ConfigAccess
import ConfigModel
import ConfigRegistry
import Hummingbird
import RegistryAPI

/// `GET /api/keys`: the public keys whose signatures versions carry, for people who compare them. What a watcher trusts is set up
/// at the watcher: a registry that could name the keys could name its own.
struct KeyRoutes: Sendable {
    let registry: Registry

    func add(to routes: inout RouteTable) {
        routes.on(.get, APIPath.keys, .readKeys) { try keys($0, $1) }
    }

    private func keys(_ request: Request, _ context: ServerContext) throws -> Response {
        _ = try request.query([])
        try context.authorise(.registry)
        let keys = [registry.signingKey].compactMap(\.self)
        return .json(SigningKeyFacts.jsonBytes(keys.map { SigningKeyFacts(keyID: $0.keyID, publicKey: $0.text) }))
    }
}
