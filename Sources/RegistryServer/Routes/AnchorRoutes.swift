import ConfigModel
import ConfigRegistry
import Hummingbird

/// The newest checkpoints of audit logs, kept apart from the logs.
///
/// The registry does not know the audits' keys: whoever verifies a log checks the signature. It only makes sure that the
/// number of entries never goes back.
struct AnchorRoutes: Sendable {
    let registry: Registry
    private let bodies = RequestBodyReader(maximumBytes: 4_096)

    init(registry: Registry) { self.registry = registry }

    func add(to routes: inout RouteTable) {
        routes.on(.get, "/api/audit/anchors/{log}") { try await anchor($0, $1) }
        routes.on(.put, "/api/audit/anchors/{log}") { try await raise($0, $1) }
    }

    private func anchor(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        let log = try log(context)
        guard let anchor = try await registry.anchor(of: log) else {
            throw Problem(
                .unknown, "There is no anchor of an audit log '\(log)'; an audit with a signing key leaves one here.")
        }
        return .json(anchor.checkpoint)
    }

    private func raise(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try request.query([])
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let statement = try AnchorStatement(parsing: await bodies.bytes(of: request))
        let anchor = try await registry.raiseAnchor(
            AuditAnchor(log: try log(context), count: statement.count, checkpoint: statement.bytes))
        let stored = try AnchorStatement(parsing: anchor.checkpoint)
        guard stored.count == statement.count, stored.entryHash == statement.entryHash else {
            throw Problem(
                .exists,
                "The anchor that is kept here says \(stored.count) entries and does not fit: this log was cut off or rewritten, "
                    + "or another log has its name. Run 'configbus audit verify' with --head."
            ).with("count", stored.count).with("entry_hash", stored.entryHash)
        }
        return .json(anchor.checkpoint)
    }

    private func log(_ context: ServerContext) throws(Problem) -> String {
        let name = context.parameters["log"] ?? ""
        do {
            return try NameRule.environment.check(String(name))
        } catch {
            throw Problem(.invalidName, "The name of an audit log must match \(NameRule.environment.pattern).")
        }
    }
}

/// What an audit says about its log.
private struct AnchorStatement {
    let count: Int64
    let entryHash: String
    let bytes: [UInt8]

    init(parsing bytes: [UInt8]) throws(Problem) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes, limits: JSONLimits(maximumBytes: 4_096, maximumDepth: 1))
        } catch {
            throw Problem(.invalidJSON, "A checkpoint is a flat JSON object. \(error)")
        }
        guard case .object(let object) = value else { throw Problem(.notAnObject, "A checkpoint is a JSON object.") }
        do {
            try object.refuseFields(otherThan: ["count", "entry_hash", "at", "key_id", "signature"])
            count = try object.int64("count")
            entryHash = try object.string("entry_hash")
            for name in ["at", "key_id", "signature"] { _ = try object.string(name) }
        } catch {
            throw Problem(.invalidField, "This is not a checkpoint of an audit log: \(error)")
        }
        guard count >= 1 else { throw Problem(.invalidField, "count must be at least 1.") }
        self.bytes = bytes
    }
}
