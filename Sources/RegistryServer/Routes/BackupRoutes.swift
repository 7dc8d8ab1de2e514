import ConfigAccess
import ConfigBackup
import ConfigRegistry
import ConfigStore
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import RegistryAPI
import Synchronization

/// `GET /api/backup`: the whole store as lines, piece by piece, as fast as the client takes them.
struct BackupRoutes: Sendable {
    let registry: Registry
    let open: OpenRequests

    func add(to routes: inout RouteTable) {
        routes.on(.get, APIPath.backup, .backup) { try await backup($0, $1) }
    }

    /// The first piece is read before the response begins, so that what goes wrong there is answered with a problem. An error
    /// behind it breaks the connection off, which the client notices; and the last line would be missing.
    private func backup(_ request: Request, _ context: ServerContext) async throws -> Response {
        let wanted = try BackupRequest(query: request.uri.query)
        try context.authorise(.registry)
        var writer = try await context.administering { principal, actor throws(AccessError) in
            try await registry.backup(hasAccess: wanted.hasAccess, by: principal.isUnrestricted ? nil : actor)
        }
        let first = try await Self.piece(of: &writer)
        let (rest, principal, open, logger) = (writer, context.principal ?? .anonymous, open, context.logger)
        return Response(
            status: .ok,
            headers: [.contentType: BackupRequest.mediaType, .cacheControl: "no-store, no-transform"],
            body: ResponseBody { body in
                do {
                    try await Self.write(first, rest, to: &body, for: principal, open)
                } catch {
                    logger.warning("a backup broke off", metadata: ["error": "\(error)"])
                    throw error
                }
            })
    }

    @concurrent
    private static func write(
        _ first: ByteBuffer?, _ rest: BackupWriter, to body: inout any ResponseBodyWriter, for principal: Principal,
        _ open: OpenRequests
    ) async throws {
        let end = EndOfStanding()
        let entry = open.enter(principal, end: end.note)
        defer { open.leave(entry) }
        var writer = rest
        var piece = first
        while let bytes = piece {
            try end.requireStanding()
            try await body.write(bytes)
            piece = try await Self.piece(of: &writer)
        }
        try await body.finish(nil)
    }

    @concurrent
    private static func piece(of writer: inout BackupWriter) async throws -> ByteBuffer? {
        do throws(StoreError) {
            return try await writer.next().map { ByteBuffer(bytes: $0) }
        } catch {
            switch error {
            case .overloaded: throw RegistryError.overloaded
            case .damaged(let version): throw RegistryError.damaged(version)
            default: throw RegistryError.unavailable("\(error)")
            }
        }
    }
}

/// Whether the identity that a long response is for still counts.
private final class EndOfStanding: Sendable {
    private let standing = Mutex<AccessTable.Standing?>(nil)

    @Sendable
    func note(_ standing: AccessTable.Standing) { self.standing.withLock { $0 = standing } }

    func requireStanding() throws(Problem) {
        if let standing = standing.withLock({ $0 }) { throw .unauthenticated(standing) }
    }
}
