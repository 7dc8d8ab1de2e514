import ConfigModel
import ConfigRegistry
import Hummingbird

/// `POST /api/configs:batchGet`: the heads of many documents, each of which may be asked for as by `GET`.
struct BatchRoutes: Sendable {
    let registry: Registry
    let options: RegistryServerOptions

    func add(to routes: inout RouteTable) {
        routes.on(.post, "/api/configs:batchGet") { request, _ in try await get(request) }
    }

    private func get(_ request: Request) async throws -> Response {
        _ = try request.query([])
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let body = try await RequestBodyReader(maximumBytes: options.maximumBodyBytes).bytes(of: request)
        let question = try BatchQuestion(body, isFresh: request.headers.refuseMemory)
        let heads = try await registry.heads(of: question.items.map(\.request))
        return .json { answer in
            answer.array("documents") { list in append(heads, to: question.items, &list) }
        }
    }

    /// As many answers as their contents allow; the caller asks again for the rest.
    private func append(_ heads: [Registry.HeadResult], to items: [BatchQuestion.Item], _ list: inout JSONWriter) {
        var bytes = 0
        for (item, head) in zip(items, heads) {
            let answer = BatchAnswer(item, head, epoch: registry.epoch)
            guard bytes == 0 || bytes + answer.contentBytes <= ListPage.maximumBytes else { return }
            bytes += answer.contentBytes
            answer.append(to: &list)
        }
    }
}
