import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird

/// `GET /api/configs`: the heads of many documents.
struct ListRoutes: Sendable {
    let registry: Registry

    func add(to routes: inout RouteTable) {
        routes.on(.get, "/api/configs") { request, _ in try await list(request) }
    }

    private func list(_ request: Request) async throws -> Response {
        let question = try ListRequest(request)
        let page = try await ListPage(question, registry)
        var fields = HTTPFields()
        if let last = page.continuesAfter { fields[.link] = "<\(question.next(after: last))>; rel=\"next\"" }
        fields.name(page.damaged)
        return .json(page.json, headers: fields)
    }
}
