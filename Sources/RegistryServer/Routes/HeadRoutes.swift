import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import NIOCore

/// `GET /api/configs/{service}`: the bare content of a document.
struct HeadRoutes: Sendable {
    private static let path = "/api/configs/"

    let registry: any RegistryReads
    let work: ContentWork
    private let gate: any RequestGate
    private let answers: HeadAnswers

    init(registry: any RegistryReads, work: ContentWork, gate: any RequestGate = LoopbackGate()) {
        self.gate = gate
        self.registry = registry
        self.work = work
        answers = HeadAnswers(registry: registry)
    }

    func add(to routes: inout RouteTable) {
        routes.on(.get, Self.path + "{service}", .readDocument) { request, context in
            let service = context.parameters["service"] ?? ""
            let question = try HeadQuestion(service: service, query: request.uri.query, request.headers)
            try context.authorise(try ActionScope(question))
            return try await answer(question, context.channel).response
        }
    }

    /// What the route would answer to a request that was let in, when it is about a head in memory and permitted; nil for
    /// all others, which the route answers or refuses.
    @Sendable
    func answerFromMemory(_ request: HTTPRequest, _ principal: Principal) -> PreencodedResponse? {
        guard request.method == .get, let target = request.path?.utf8, target.starts(with: Self.path.utf8) else {
            return nil
        }
        let rest = target.dropFirst(Self.path.utf8.count)
        let mark = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        let (service, query) = (Substring(rest[..<mark]), Substring(rest[mark...].dropFirst()))
        guard !service.isEmpty, !service.utf8.contains(UInt8(ascii: "/")), !query.utf8.contains(UInt8(ascii: "#")),
            let question = try? HeadQuestion(service: service, query: String(query), request.headerFields),
            case .head(let options, wait: nil) = question.kind,
            (try? gate.permit(.readDocument, on: .document(question.key), to: principal)) != nil,
            let head = registry.cachedHead(of: question.key, options)
        else { return nil }
        // Only what is deleted is a problem, and that is not remembered.
        return try? answers.answer(head, question.condition)
    }

    private func answer(_ question: HeadQuestion, _ channel: any Channel) async throws -> PreencodedResponse {
        switch question.kind {
        case .head(let options, let wait):
            return try await answer(question, options, wait: wait)
        case .version(let version):
            let record = try await registry.version(version, of: question.key)
            let snapshot = HeadSnapshot(record, epoch: registry.epoch)
            return try answers.answer(snapshot, question.condition, isShared: false)
        case .overlay(let options):
            return try await OverlayAnswer(registry: registry, work: work, channel: channel)
                .answer(question.key, options, question.condition)
        }
    }

    private func answer(_ question: HeadQuestion, _ options: HeadOptions, wait: Duration?) async throws
        -> PreencodedResponse
    {
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

extension ActionScope {
    /// The documents that a `GET` reads: an overlay stands on the default environment's document.
    fileprivate init(_ question: HeadQuestion) throws(Problem) {
        var keys = [question.key]
        if case .overlay = question.kind {
            do { keys.append(try DocumentKey(service: question.key.service)) } catch { throw Problem(error) }
        }
        self = .documents(keys)
    }
}
