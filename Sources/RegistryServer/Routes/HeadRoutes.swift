import ConfigAccess
import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import NIOCore
import RegistryAPI

/// `GET /api/configs/{service}`: the bare content of a document.
struct HeadRoutes: Sendable {
    let registry: any RegistryReads
    let work: ContentWork
    private let gate: any RequestGate
    private let open: OpenRequests
    private let answers: HeadResponses

    init(
        registry: any RegistryReads, work: ContentWork, gate: any RequestGate = LoopbackGate(),
        open: OpenRequests? = nil
    ) {
        self.gate = gate
        self.open = open ?? OpenRequests(gate: gate)
        self.registry = registry
        self.work = work
        answers = HeadResponses(registry: registry)
    }

    func add(to routes: inout RouteTable) {
        routes.on(.get, APIPath.document, .readDocument) { request, context in
            let get = try GetRequest(
                service: context.service, query: request.uri.query, headers: request.headers)
            try context.authorise(try ActionScope(get))
            return try await answer(get, context).response
        }
    }

    /// What the route would answer to a request that was let in, when it is about a head in memory and permitted; nil for
    /// all others, which the route answers or refuses.
    @Sendable
    func answerFromMemory(_ request: HTTPRequest, _ principal: Principal) -> PreencodedResponse? {
        guard request.method == .get, let target = request.path?.utf8, target.starts(with: APIPath.documentPrefix.utf8)
        else {
            return nil
        }
        let rest = target.dropFirst(APIPath.documentPrefix.utf8.count)
        let mark = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        let (service, query) = (Substring(rest[..<mark]), Substring(rest[mark...].dropFirst()))
        guard !service.isEmpty, !service.utf8.contains(UInt8(ascii: "/")), !query.utf8.contains(UInt8(ascii: "#")),
            let get = try? GetRequest(service: service, query: String(query), headers: request.headerFields),
            case .newest(let minimum, wait: nil) = get.kind,
            (try? gate.permit(.readDocument, on: .document(get.key), to: principal)) != nil,
            let head = registry.cachedHead(of: get.key, HeadOptions(minimum, isFresh: get.isFresh))
        else { return nil }
        // Only what is deleted is a problem, and that is not remembered.
        return try? answers.answer(head, get.condition)
    }

    private func answer(_ get: GetRequest, _ context: ServerContext) async throws -> PreencodedResponse {
        switch get.kind {
        case .newest(let minimum, let wait):
            return try await newest(get, HeadOptions(minimum, isFresh: get.isFresh), wait: wait, context)
        case .version(let version):
            let record = try await registry.version(version, of: get.key)
            let snapshot = HeadSnapshot(record, epoch: registry.epoch)
            return try answers.answer(snapshot, get.condition, isShared: false)
        case .overlay(let minimum):
            return try await OverlayResponse(registry: registry, work: work, channel: context.channel)
                .answer(get.key, HeadOptions(minimum, isFresh: get.isFresh), get.condition)
        }
    }

    private func newest(
        _ get: GetRequest, _ options: HeadOptions, wait: Duration?, _ context: ServerContext
    ) async throws -> PreencodedResponse {
        let head =
            if let wait {
                try await waitingHead(
                    LongPoll(registry: registry, key: get.key, options: options, condition: get.condition), wait,
                    context)
            } else {
                try await registry.head(of: get.key, options)
            }
        guard let head else { throw RegistryError.unknownDocument(get.key) }
        return try answers.answer(head, get.condition)
    }

    /// Waits as long as the client's identity counts.
    private func waitingHead(
        _ poll: LongPoll, _ wait: Duration, _ context: ServerContext
    ) async throws -> HeadSnapshot? {
        let waiting = Task { try await poll.head(within: wait) }
        let result = await withTaskCancellationHandler {
            await open.withEntry(of: context.principal ?? .anonymous, end: { _ in waiting.cancel() }) {
                await waiting.result
            }
        } onCancel: {
            waiting.cancel()
        }
        try context.access?.requireStanding()
        return try result.get()
    }
}

extension HeadOptions {
    fileprivate init(_ minimum: GetRequest.Minimum, isFresh: Bool) {
        self.init(minimumVersion: minimum.version, epoch: minimum.epoch, isFresh: isFresh)
    }
}

extension GetRequest {
    fileprivate init(service: Substring, query: String?, headers: HTTPFields) throws(Problem) {
        // Asking for one field by name first makes a dictionary of all.
        guard headers.contains(where: { $0.name == .ifNoneMatch || $0.name == .cacheControl }) else {
            try self.init(service: service, query: query)
            return
        }
        try self.init(
            service: service, query: query, ifNoneMatch: headers[.ifNoneMatch], cacheControl: headers[.cacheControl])
    }
}

extension ActionScope {
    /// The documents that a `GET` reads: an overlay stands on the default environment's document.
    fileprivate init(_ get: GetRequest) throws(Problem) {
        var keys = [get.key]
        if case .overlay = get.kind {
            do { keys.append(try DocumentKey(service: get.key.service)) } catch { throw Problem(error) }
        }
        self = .documents(keys)
    }
}
