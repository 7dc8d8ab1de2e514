import ConfigAccess
import ConfigModel
import ConfigRegistry
import ConfigStore
import HTTPTypes
import Hummingbird
import RegistryAPI

/// The calls about several documents that change as one.
struct ChangeSetRoutes: Sendable {
    let registry: Registry
    let writes: WriteRoutes
    private let bodies: RequestBodyReader

    init(registry: Registry, writes: WriteRoutes, options: RegistryServerOptions) {
        self.registry = registry
        self.writes = writes
        bodies = RequestBodyReader(
            maximumBytes: options.maximumSetBytes, discardedBytes: options.discardedBytes,
            advice: "make several sets of it.")
    }

    func add(to routes: inout RouteTable) {
        routes.on(.post, APIPath.changeSets, .writeDocument) { try await writes.answer($0, $1, publish) }
        routes.on(.get, APIPath.changeSet, .readHistory) { try await versions($0, $1) }
    }

    /// `POST /api/changesets`: all of the changes, or none and everything that is wrong with any of them.
    private func publish(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        _ = try request.query([])
        try Self.refuseConditions(request.headers)
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let bytes = try await bodies.bytes(of: request, context)
        let work = writes.work.forRequest(on: context.channel)
        let limits = writes.options.contentLimits
        let reading = try await work.run(bytes.count) { _ in
            ChangeSetReading(try ChangeSetBody(bytes, limits: limits), limits, work)
        }
        try context.authorise(.registry, cost: reading.count)
        let body = reading.body
        var members = reading.members { key, operation throws(Problem) in
            try Self.permit(operation, of: key, body.overrides, context)
        }
        try await refuseUnreadableBases(&members, context)
        let set = ChangeSetRequest(
            members.accepted.map { $0.member },
            origin: writes.origin(
                identity, context, author: body.createdBy, comment: body.comment, overrides: body.overrides))
        guard members.problems.isEmpty else {
            throw Problem(await problems(of: set, members, context), ofMembers: reading.count)
        }
        return response(try await registry.publish(set), to: request, context)
    }

    /// Each member needs what its change needs alone.
    private static func permit(
        _ operation: DocumentChange.Operation?, of key: DocumentKey, _ overrides: CheckOverrides,
        _ context: ServerContext
    ) throws(Problem) {
        switch operation {
        case .delete: try context.permit(.document(key), for: .deleteDocument)
        // What it brings back was accepted once, so that a publisher may override a schema that came later.
        case .restore: return try context.permit(.document(key))
        case .schema: return try context.permit(.service(key.service), for: .writeSchema)
        case .publish, .patch, nil: try context.permit(.document(key))
        }
        try context.permit(overrides, of: key)
    }

    /// A member that is checked merged over another document says something of that.
    private func refuseUnreadableBases(_ members: inout ChangeSetReading.Members, _ context: ServerContext) async throws
    {
        for (index, member) in members.accepted where !member.key.isReserved {
            do {
                try await writes.permitBase(of: member.key, context)
            } catch let problem as Problem {
                members.refuse(index, problem)
            }
        }
    }

    /// What is wrong with any member. The store is not needed to refuse the set; without it less is said.
    private func problems(
        of set: ChangeSetRequest, _ members: ChangeSetReading.Members, _ context: ServerContext
    ) async -> [MemberProblem] {
        do throws(RegistryError) {
            return members.problems
                + (try await registry.refusals(of: set)).map { refusal in
                    MemberProblem(
                        index: members.accepted[refusal.index].index,
                        problem: Problem(refusal.error, epoch: registry.epoch, mayRead: context.mayRead))
                }
        } catch {
            return members.problems
        }
    }

    private func response(_ published: PublishedSet, to request: Request, _ context: ServerContext) -> Response {
        let preference = ReturnPreference(request.headers[.prefer])
        var headers = HTTPFields()
        headers[.location] = APIPath.changeSet(published.changeSet.id)
        headers[.preferenceApplied] = preference.applied
        let documents = published.members.map { member in
            (
                record: member.record,
                warnings: VisibleFindings(member.warnings, in: member.record.key, mayRead: context.mayRead)
            )
        }
        let (breaks, hidden) = context.visible(published.breaks)
        let hasSchema = published.members.contains { $0.record.key.isSchema }
        return .json(
            PublishedChangeSet.jsonBytes(
                id: published.changeSet.id, epoch: registry.epoch, documents, breaks: hasSchema ? breaks : nil,
                hiddenBreaks: hidden, withContent: !preference.isMinimal),
            status: .created, headers: headers)
    }

    /// A condition in the header would be about one document.
    private static func refuseConditions(_ headers: HTTPFields) throws(Problem) {
        guard headers[.ifMatch] == nil, headers[.ifNoneMatch] == nil else {
            throw Problem(
                .invalidHeader,
                "A change set takes no condition in its header; give each document its if_match or expected_version.")
        }
    }

    /// `GET /api/changesets/{id}`: the versions of the set whose documents the caller may read. A set without such is not there
    /// for it.
    private func versions(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        try context.authorise(.registry)
        let id = String(context.parameters["id"] ?? "")
        var page = VersionPage()
        if ChangeSet.isPossible(id: id) { page = try await registry.versions(ofChangeSet: id) }
        let pruned = try await registry.prunedMembers(beside: page)
        let mayRead = context.mayRead ?? { _ in true }
        let records = page.map(\.record).filter { mayRead($0.key) }
        let damaged = page.damaged.filter { $0.key.map(mayRead) ?? false }
        guard !records.isEmpty || !damaged.isEmpty else {
            throw Problem(
                .unknownChangeSet,
                "There is no change set \(JSONValue.string(id)) with a document that you may read and a version that is still kept."
            )
        }
        var headers = HTTPFields()
        headers.name(damaged)
        let size = page.rowCount + pruned.count
        let visible = pruned.filter { mayRead($0.key) }
        return .json(
            ChangeSetVersions(
                id: id, size: size, records: records, pruned: visible.map { "\($0.key)@\($0.version)" },
                hidden: size - records.count - damaged.count - visible.count
            ).jsonBytes, headers: headers)
    }
}
