import ConfigModel
import ConfigRegistry
import Hummingbird

/// `GET /api/configs/{service}`: the bare content of a document.
struct HeadRoutes: Sendable {
    let registry: Registry
    private let answers = HeadAnswers()

    init(registry: Registry) { self.registry = registry }

    func add(to routes: inout RouteTable) {
        routes.onLoop(.get, "/api/configs/{service}") { try await get($0, $1) }
    }

    private func get(_ request: Request, _ context: ServerContext) async throws -> Response {
        let question = try HeadQuestion(request, context)
        if case .head(let options, wait: nil) = question.kind,
            let head = registry.cachedHead(of: question.key, options)
        {
            return try answers.answer(head, question.condition)
        }
        return try await awayFromLoop { try await answer(question) }
    }

    private func answer(_ question: HeadQuestion) async throws -> Response {
        switch question.kind {
        case .head(let options, let wait):
            return try await answer(question, options, wait: wait)
        case .version(let version):
            let record = try await registry.version(version, of: question.key)
            let snapshot = HeadSnapshot(record, epoch: registry.epoch)
            return try answers.answer(snapshot, question.condition, isShared: false)
        case .overlay(let options):
            return try await OverlayAnswer(registry: registry).answer(question.key, options, question.condition)
        }
    }

    private func answer(_ question: HeadQuestion, _ options: HeadOptions, wait: Duration?) async throws -> Response {
        let key = question.key
        let head =
            if let wait {
                try await LongPoll(registry: registry, key: key, options: options, condition: question.condition)
                    .head(within: wait)
            } else {
                try await registry.head(of: key, options)
            }
        guard let head else { throw RegistryError.unknownDocument(key) }
        return try answers.answer(head, question.condition)
    }
}
