import ConfigAccess
import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import RegistryAPI

/// The calls that look back.
struct HistoryRoutes: Sendable {
    let registry: any RegistryReads
    let work: ContentWork

    func add(to routes: inout RouteTable) {
        routes.on(.get, APIPath.history, .readHistory) { try await history($0, $1) }
        routes.on(.get, APIPath.version, .readHistory) { try await version($0, $1) }
        routes.on(.get, APIPath.diff, .readHistory) { try await diff($0, $1) }
    }

    /// Full records, newest first.
    private func history(_ request: Request, _ context: ServerContext) async throws -> Response {
        let history = try HistoryRequest(service: context.service, query: request.uri.query)
        try context.authorise(.document(history.key))
        let registry = registry
        let pages = RecordPages(limit: history.limit) { version, count, bytes in
            try await registry.history(of: history.key, before: version, limit: count, maximumBytes: bytes)
        }
        return try await pages.response(before: history.before)
    }

    /// One full record.
    private func version(_ request: Request, _ context: ServerContext) async throws -> Response {
        let version = try VersionRequest(
            service: context.service, version: context.parameters["version"] ?? "", query: request.uri.query)
        try context.authorise(.document(version.key), as: .read)
        let record = try await registry.version(version.version, of: version.key)
        return .json(
            record.jsonBytes, headers: HTTPFields(HeadFacts.identity(of: record, epoch: registry.epoch)))
    }

    /// What changed between two versions.
    private func diff(_ request: Request, _ context: ServerContext) async throws -> Response {
        let diff = try DiffRequest(service: context.service, query: request.uri.query)
        try context.authorise(.document(diff.key))
        let versions = try await registry.versions(old: diff.oldVersion, new: diff.newVersion, of: diff.key)
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
        return VersionDiff.jsonBytes(diff, from: old, to: new)
    }
}
