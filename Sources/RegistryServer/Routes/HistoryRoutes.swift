import ConfigModel
import ConfigRegistry
import Hummingbird

/// The calls that look back.
struct HistoryRoutes: Sendable {
    let registry: any RegistryReads
    let work: ContentWork

    func add(to routes: inout RouteTable) {
        let document = "/api/configs/{service}"
        routes.on(.get, document + "/history", .readHistory) { try await history($0, $1) }
        routes.on(.get, document + "/versions/{version}", .readHistory) { try await version($0, $1) }
        routes.on(.get, document + "/diff", .readHistory) { try await diff($0, $1) }
    }

    /// Full records, newest first.
    private func history(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = try request.query(["environment", "limit", "before_version"])
        let key = try request.documentKey(context, query)
        try context.authorise(.document(key))
        let limit = Int(try query.integer("limit", in: 1...1_000) ?? 10)
        let before = try query.integer("before_version", in: 1...(.max))
        let registry = registry
        let pages = RecordPages(limit: limit) { version, count, bytes in
            try await registry.history(of: key, before: version, limit: count, maximumBytes: bytes)
        }
        return try await pages.response(before: before)
    }

    /// One full record.
    private func version(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = try request.query(["environment"])
        let key = try request.documentKey(context, query)
        try context.authorise(.document(key))
        guard let version = context.parameters["version"].flatMap({ Int64($0) }), version >= 1 else {
            throw Problem(.invalidParameter, "The version in the path must be an integer from 1.")
        }
        let record = try await registry.version(version, of: key)
        return .json(record.jsonBytes, headers: HeadFields.identity(of: record, epoch: registry.epoch))
    }

    /// What changed between two versions.
    private func diff(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = try request.query(["environment", "old_version", "new_version"])
        let key = try request.documentKey(context, query)
        try context.authorise(.document(key))
        let versions = try await registry.versions(
            old: query.integer("old_version", in: 1...(.max)), new: query.integer("new_version", in: 1...(.max)),
            of: key)
        let size = versions.new.content.bytes.count + (versions.old?.content.bytes.count ?? 0)
        let json = try await work.forRequest(on: context.channel).run(size) { budget in
            try Self.diff(from: versions.old, to: versions.new, &budget)
        }
        return .json(json)
    }

    private static func diff(
        from old: VersionRecord?, to new: VersionRecord, _ budget: inout WorkBudget
    ) throws -> [UInt8] {
        let diff: DocumentDiff
        do {
            diff = try DocumentDiff(
                old: old?.content.object ?? JSONObject(), new: new.content.object, budget: &budget)
        } catch let limit as WorkLimit {
            throw RegistryError(limit, instead: "read both versions and compare them yourself.")
        }
        var writer = JSONWriter(capacity: 512)
        writer.object { answer in
            answer.member("service_name", new.key.service)
            answer.member("environment", new.key.environment)
            answer.member("old_version", old?.version ?? 0)
            answer.member("new_version", new.version)
            diff.appendMembers(to: &answer)
        }
        return writer.bytes
    }
}
