import ConfigModel
import ConfigRegistry
import Hummingbird

/// `POST /api/configs:batchGet`: the heads of many documents, each of which may be asked for as by `GET`.
struct BatchRoutes: Sendable {
    /// How many documents are read at a time: as many as fit into one answer however large they are, or more while they
    /// are small.
    private static let pieceSizes = (large: 8, small: 32)
    private static let smallBytes = 64 * 1_024

    let registry: any RegistryReads
    let options: RegistryServerOptions

    func add(to routes: inout RouteTable) {
        routes.on(.post, "/api/configs:batchGet", .readDocument) { try await get($0, $1) }
    }

    private func get(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let body = try await RequestBodyReader(maximumBytes: options.maximumBodyBytes).bytes(of: request)
        let question = try BatchRequest(body, isFresh: request.headers.refuseMemory)
        try context.authorise(.documents(question.items.map(\.request.key)))
        let answers = try await answers(to: question.items)
        return .json { answer in
            answer.array("documents") { list in
                for answer in answers { answer.append(to: &list) }
            }
            if let statement = registry.statement(about: registry.epoch) {
                answer.member("epoch_statement", verbatim: statement.jsonBytes)
            }
        }
    }

    /// As many answers as their contents allow; the caller asks again for the rest. Read piece by piece, so that little is
    /// read that does not go into the answer.
    private func answers(to items: [BatchRequest.Item]) async throws -> [BatchAnswer] {
        var answers: [BatchAnswer] = []
        var bytes = 0
        var rest = items[...]
        var pieceSize = Self.pieceSizes.large
        while !rest.isEmpty {
            let piece = rest.prefix(pieceSize)
            rest = rest.dropFirst(piece.count)
            let heads = try await registry.heads(of: piece.map(\.request))
            pieceSize = Self.pieceSizes.small
            for (item, head) in zip(piece, heads) {
                let answer = BatchAnswer(item, head, epoch: registry.epoch)
                guard answers.isEmpty || bytes + answer.contentBytes <= ListPage.maximumBytes else { return answers }
                bytes += answer.contentBytes
                if answer.contentBytes > Self.smallBytes { pieceSize = Self.pieceSizes.large }
                answers.append(answer)
            }
        }
        return answers
    }
}
