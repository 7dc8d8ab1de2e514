import ConfigAccess
import ConfigModel
import NIOCore
import Synchronization

/// What the gate knows of a connection: where it comes from, and whose credential was the last.
///
/// Clients send the same credential with every request of a connection. It costs a comparison of bytes then, as long as no
/// identity changed since.
final class ClientConnection: Sendable {
    /// A credential that was checked is compared with the table again after so long, so that its use is noted.
    private static let memory: Int64 = 60_000

    private struct Remembered {
        let credential: String?
        let principal: Principal
        let generation: UInt64
        let checkedAt: Timestamp
    }

    /// The address of the client without its port; nil when the connection has none.
    let address: String?
    /// The verified certificate of the client; nil when it has none.
    let certificate: ClientCertificate?
    private let remembered = Mutex<Remembered?>(nil)
    /// What the last identity has taken of what it may ask.
    private let limits = Mutex<(name: String, limits: IdentityLimits)?>(nil)

    /// Counts with its address until an identity is proven; nil where that is not counted.
    private let unidentified: UnidentifiedConnection?

    init(
        address: String?, certificate: ClientCertificate? = nil, unidentified: UnidentifiedConnection? = nil
    ) {
        self.address = address
        self.certificate = certificate
        self.unidentified = unidentified
    }

    /// Takes what a connection's channel says. Call it on the connection's event loop.
    convenience init(_ channel: any Channel) {
        self.init(
            address: channel.remoteAddress?.ipAddress,
            certificate: channel.pipeline.syncOperations.peerCertificate,
            unidentified: (try? channel.pipeline.syncOperations.handler(type: AddressGuard.self))?.connection)
    }

    /// What an identity has taken of what it may ask, found once for all its requests on the connection.
    func limits(of name: String, _ find: (String) -> IdentityLimits) -> IdentityLimits {
        limits.withLock { last in
            if let last, last.name == name { return last.limits }
            let limits = find(name)
            last = (name, limits)
            return limits
        }
    }

    /// Keeps whose credential it is.
    ///
    /// - Parameters:
    ///   - credential: nil for the certificate.
    ///   - generation: of what said so.
    func remember(_ credential: String?, of principal: Principal, generation: UInt64, at now: Timestamp) {
        unidentified?.end()
        remembered.withLock {
            $0 = Remembered(credential: credential, principal: principal, generation: generation, checkedAt: now)
        }
    }

    /// Whose credential it is, when it was the last one, nothing changed since, and it has not ended.
    func principal(of credential: String?, generation: UInt64, at now: Timestamp) -> Principal? {
        remembered.withLock { remembered in
            guard let remembered, remembered.generation == generation, remembered.credential == credential,
                now.milliseconds - remembered.checkedAt.milliseconds < Self.memory, now >= remembered.checkedAt,
                remembered.principal.expiresAt.map({ now < $0 }) ?? true
            else { return nil }
            return remembered.principal
        }
    }
}
