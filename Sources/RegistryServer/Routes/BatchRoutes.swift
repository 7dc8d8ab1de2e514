import ConfigAccess
import ConfigModel
import ConfigRegistry
import Hummingbird
import RegistryAPI

/// `POST /api/configs:batchGet`: the heads of many documents, each of which may be requested as by `GET`.
struct BatchRoutes: Sendable {
    /// How many documents are read at a time: as many as fit into one response however large they are, or more while they
    /// are small.
    private static let pieceSizes = (large: 8, small: 32)
    private static let smallBytes = 64 * 1_024

    let registry: any RegistryReads
    let options: RegistryServerOptions

    func add(to routes: inout RouteTable) {
        routes.on(.post, APIPath.batchGet, .readDocument) { try await get($0, $1) }
    }

    private func get(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let body = try await RequestBodyReader(maximumBytes: options.maximumBodyBytes).bytes(of: request, context)
        let batch = try BatchGetRequest(body, cacheControl: request.headers[.cacheControl])
        // A document out of scope is refused in its place, so that the others arrive.
        let count = batch.documents.count
        try context.authorise(
            .registry, cost: (count + RequestClass.batchDocuments - 1) / RequestClass.batchDocuments)
        let refusals = batch.documents.map { document -> Problem? in
            do throws(Problem) {
                try context.permit(.document(document.key))
                return nil
            } catch {
                context.access?.note(error)
                return error
            }
        }
        let entries = try await entries(for: batch, except: refusals)
        return .json {
            BatchGetResponse.append(entries, epochStatement: registry.statement(about: registry.epoch), to: &$0)
        }
    }

    /// As many entries as their contents allow; the caller asks again for the rest. Read piece by piece, so that little is
    /// read that does not go into the response.
    ///
    /// - Parameter refusals: for each document why it is not read; nil for one that is.
    private func entries(
        for request: BatchGetRequest, except refusals: [Problem?]
    ) async throws -> [BatchGetResponse.Entry] {
        var entries: [BatchGetResponse.Entry] = []
        var bytes = 0
        var rest = Array(zip(request.documents, refusals))[...]
        var pieceSize = Self.pieceSizes.large
        while !rest.isEmpty {
            let piece = rest.prefix(pieceSize)
            rest = rest.dropFirst(piece.count)
            let permitted = piece.filter { $0.1 == nil }
            var heads = try await registry.heads(of: permitted.map { HeadRequest($0.0, isFresh: request.isFresh) })[...]
            pieceSize = Self.pieceSizes.small
            for (document, refusal) in piece {
                let entry: BatchGetResponse.Entry
                if let refusal {
                    entry = .problem(refusal.shown)
                } else if let head = heads.popFirst() {
                    entry = self.entry(about: document, head)
                } else {
                    throw Problem(
                        .failed, "The registry read fewer documents than it was asked for; please report this.")
                }
                guard entries.isEmpty || bytes + entry.contentBytes <= APILimits.responseContents else {
                    return entries
                }
                bytes += entry.contentBytes
                if entry.contentBytes > Self.smallBytes { pieceSize = Self.pieceSizes.large }
                entries.append(entry)
            }
        }
        return entries
    }

    private func entry(about document: DocumentRequest, _ head: Registry.HeadResult) -> BatchGetResponse.Entry {
        switch head {
        case .success(let head?) where head.etag == document.ifNoneMatch:
            .notModified(etag: head.etag, facts: head.record.signedFacts)
        case .success(let head?): .record(head.record, epoch: head.epoch)
        case .success(nil): .problem(Problem(.unknownDocument(document.key), epoch: registry.epoch).shown)
        case .failure(let error): .problem(Problem(error, epoch: registry.epoch).shown)
        }
    }
}

extension HeadRequest {
    fileprivate init(_ document: DocumentRequest, isFresh: Bool) {
        self.init(
            document.key,
            HeadOptions(minimumVersion: document.minimumVersion, epoch: document.epoch, isFresh: isFresh))
    }
}
