import ConfigModel
import ConfigRegistry
import ConfigStore
import HTTPTypes
import Hummingbird

/// `GET /api/configs`: the heads of many documents.
struct ListRoutes: Sendable {
    let registry: any RegistryReads

    func add(to routes: inout RouteTable) {
        routes.on(.get, "/api/configs", .listDocuments) { try await list($0, $1) }
    }

    private func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let question = try ListRequest(request)
        let heads = question.heads
        let filter = WatchFilter(
            services: Set([heads.service].compactMap { $0 }), prefix: heads.prefix, environment: heads.environment)
        try context.authorise(.selection(filter))
        let page = try await ListPage(question, registry)
        var fields = HTTPFields()
        if let last = page.continuesAfter { fields[.link] = "<\(question.next(after: last))>; rel=\"next\"" }
        fields.name(page.damaged)
        return .json(page.json, headers: fields)
    }
}
