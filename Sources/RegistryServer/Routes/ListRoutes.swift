import ConfigAccess
import ConfigModel
import ConfigRegistry
import ConfigStore
import HTTPTypes
import Hummingbird
import RegistryAPI

/// `GET /api/configs`: the heads of many documents.
struct ListRoutes: Sendable {
    let registry: any RegistryReads

    func add(to routes: inout RouteTable) {
        routes.on(.get, APIPath.configs, .listDocuments) { try await list($0, $1) }
    }

    private func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let list = try ListRequest(query: request.uri.query)
        let filter = WatchFilter(
            services: Set([list.service].compactMap { $0 }), prefix: list.prefix, environment: list.environment)
        try context.authorise(.selection(filter))
        let page = try await ListPage(list, registry, mayRead: context.mayRead)
        var fields = HTTPFields()
        if let last = page.continuesAfter { fields[.link] = list.link(after: last) }
        fields.name(page.damaged)
        return .json(page.json, headers: fields)
    }
}
