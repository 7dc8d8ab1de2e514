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
/// reach, or be the first to take its name. The first identity that anchors a log owns its name, so that one audit does not
/// take the place of another.
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
        let query = try request.query([QueryName.owner])
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let log = try AnchorRequest.log(inPath: context.parameters["log"] ?? "")
        try context.authorise(.auditLog(log))
        let newOwner = try newOwner(query, context)
        // An administrator gives the log away, and does not take it.
        let caller = newOwner == nil ? context.identity : nil
        let checkpoint = try proven(await bodies.bytes(of: request, context), log: log)
        let raised = AuditAnchor(
            log: log, count: Int64(checkpoint.count), checkpoint: checkpoint.bytes, owner: caller)
        let anchor = try await registry.raiseAnchor(raised)
        guard !raised.isForeign(to: anchor) else { throw foreign(anchor) }
        let stored = try AnchorRequest.checkpoint(anchor.checkpoint)
        guard stored.count == checkpoint.count, stored.entryHash == checkpoint.entryHash else {
            throw Problem(
                .exists,
                "The anchor that is kept here says \(stored.count) entries and does not fit: this log was cut off or rewritten, "
                    + "or another log has its name. Run 'configbus audit verify' with --head."
            ).with("count", Int64(stored.count)).with("entry_hash", stored.entryHash)
        }
        if let newOwner { _ = try await registry.giveAnchor(of: log, to: newOwner) }
        return .json(anchor.checkpoint)
    }

    /// The identity that an administrator gives the log to; nil when the request does not say.
    private func newOwner(_ query: QueryParameters, _ context: ServerContext) throws(Problem) -> String? {
        guard let owner = query[QueryName.owner] else { return nil }
        let principal = context.principal ?? .anonymous
        guard !principal.isUnrestricted else { throw Problem(AccessRefusal.withoutAuthentication, principal) }
        guard principal.hasEverywhere([.admin]) else {
            throw Problem(AccessRefusal.needsEverywhere(.admin), principal)
        }
        let isName = owner.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard (1...512).contains(owner.utf8.count), isName else {
            throw Problem(
                .invalidParameter, "The parameter owner must be the name of an identity, of at most 512 bytes.")
        }
        return owner
    }

    private func foreign(_ anchor: AuditAnchor) -> Problem {
        Problem(
            .foreignLog,
            "The audit log '\(anchor.log)' belongs to \(JSONValue.string(anchor.owner ?? "")). Give this audit a --name of its own, or "
                + "let an administrator give it the log: PUT of the newest checkpoint with ?owner=."
        ).with("owner", anchor.owner ?? "")
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

extension ServerContext {
    /// The name of who sent the request; nil while the registry knows no identities.
    fileprivate var identity: String? {
        guard let principal, !principal.isUnrestricted else { return nil }
        return principal.name
    }
}
