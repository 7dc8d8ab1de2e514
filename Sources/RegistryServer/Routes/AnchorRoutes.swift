import ConfigAccess
import ConfigModel
import ConfigRegistry
import ConfigStore
import Hummingbird
import RegistryAPI

/// The newest checkpoints of audit logs, kept apart from the logs.
///
/// Only a checkpoint that an audit's key signed, and that names the log, is kept, and the number of entries never goes back.
/// A registry that does not know the audits' keys keeps none: any client could raise the number beyond what the log will ever
/// reach, or be the first to take its name.
struct AnchorRoutes: Sendable {
    let registry: Registry
    private let keys: TrustedKeys?
    private let bodies = RequestBodyReader(maximumBytes: APILimits.checkpoint)

    init(registry: Registry, keys: TrustedKeys?) {
        self.registry = registry
        self.keys = keys
    }

    func add(to routes: inout RouteTable) {
        routes.on(.get, APIPath.anchor, .readAnchor) { try await anchor($0, $1) }
        routes.on(.put, APIPath.anchor, .writeAnchor) { try await raise($0, $1) }
    }

    private func anchor(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        let log = try AnchorRequest.log(inPath: context.parameters["log"] ?? "")
        try context.authorise(.auditLog(log))
        guard let anchor = try await registry.anchor(of: log) else {
            throw Problem(
                .unknown, "There is no anchor of an audit log '\(log)'; an audit with a signing key leaves one here.")
        }
        return .json(anchor.checkpoint)
    }

    private func raise(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let log = try AnchorRequest.log(inPath: context.parameters["log"] ?? "")
        try context.authorise(.auditLog(log))
        let checkpoint = try proven(await bodies.bytes(of: request, context), log: log)
        let anchor = try await registry.raiseAnchor(
            AuditAnchor(log: log, count: Int64(checkpoint.count), checkpoint: checkpoint.bytes))
        let stored = try AnchorRequest.checkpoint(anchor.checkpoint)
        guard stored.count == checkpoint.count, stored.entryHash == checkpoint.entryHash else {
            throw Problem(
                .exists,
                "The anchor that is kept here says \(stored.count) entries and does not fit: this log was cut off or rewritten, "
                    + "or another log has its name. Run 'configbus audit verify' with --head."
            ).with("count", Int64(stored.count)).with("entry_hash", stored.entryHash)
        }
        return .json(anchor.checkpoint)
    }

    /// Reads a checkpoint and checks that an audit's key signed it, for this log.
    private func proven(_ body: [UInt8], log: String) throws(Problem) -> AuditCheckpoint {
        let checkpoint = try AnchorRequest.checkpoint(body)
        guard UTF8Order.areEqual(checkpoint.log, log) else {
            throw Problem(
                .invalidField,
                "This checkpoint is about the log \(JSONValue.string(checkpoint.log)), not about '\(log)'.")
        }
        guard let keys else {
            throw Problem(
                .untrustedCheckpoint,
                "This registry keeps no checkpoints of audit logs, because it does not know whose signatures count: start it "
                    + "with --audit-keys FILE, the public keys of the audits.")
        }
        do {
            try keys.verify(checkpoint)
        } catch {
            throw Problem(
                .untrustedCheckpoint,
                "This checkpoint of the log '\(log)' is not signed by a key in --audit-keys of this registry. \(error.reason)"
            )
        }
        return checkpoint
    }
}
