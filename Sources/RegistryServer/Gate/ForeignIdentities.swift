import AsyncSupport
package import ConfigAccess
import ConfigModel
package import Logging
import ServiceLifecycle
import Synchronization

/// The identities that the registry does not issue: those of JWTs and of client certificates, by files of the operator.
///
/// All is decided from memory and from the credential. A JWT that was verified is remembered, so that the next one is let in on
/// the event loop.
package final class ForeignIdentities: Service {
    /// Reads the files of JWTs.
    package typealias ReadTokens = @Sendable () throws(UnusableSettings) -> JWTSettings
    /// Reads the file of client certificates.
    package typealias ReadCertificates = @Sendable () throws(UnusableSettings) -> CertificateIdentities

    private struct Remembered {
        let principal: Principal
        let until: Timestamp
    }

    /// How often the files are looked at.
    private static let period: Duration = .seconds(10)
    /// For how long a token is remembered, in milliseconds, unless it ends earlier.
    static let memory: Int64 = 300_000
    /// How many tokens are remembered.
    static let capacity = 10_000

    private let tokens: WatchedSettings<JWTSettings>?
    private let certificates: WatchedSettings<CertificateIdentities>?
    private let remembered = Mutex(LRUCache<[UInt8], Remembered>(capacity: ForeignIdentities.capacity))
    private let changes = Generation()
    private let logger: Logger

    /// Reads the files.
    ///
    /// - Throws: a sentence that names the file and the place in it.
    package init(
        tokens: ReadTokens?, certificates: ReadCertificates?, logger: Logger
    ) throws(UnusableSettings) {
        self.tokens =
            if let tokens { try WatchedSettings("the issuers of tokens", tokens) } else { nil }
        self.certificates =
            if let certificates { try WatchedSettings("the identities of certificates", certificates) } else { nil }
        self.logger = logger
    }

    /// Looks at the files, and takes what they say if it can be used. It may be called from any thread and waits for them.
    package func reload() {
        let isChanged = [tokens?.reload(logger), certificates?.reload(logger)].contains(true)
        guard isChanged else { return }
        remembered.withLock { $0.removeAll() }
        changes.advance()
    }

    /// Looks at the files every ten seconds until a graceful shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while true {
                do { try await Task.sleep(for: Self.period) } catch { return }
                self.reload()
            }
        }
    }
}

extension ForeignIdentities {
    /// Rises with each change of the files.
    var generation: UInt64 { changes.value }

    /// Waits until the generation is another one, or the task is cancelled.
    func wait(after generation: UInt64) async { await changes.wait(after: generation) }

    /// True for a text that `verify` may prove.
    func mayVerify(_ text: Substring) -> Bool {
        tokens != nil && text.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2
    }

    /// Whose token it is, when it was verified a short while ago.
    func remembered(_ text: String, at now: Timestamp) -> Principal? {
        let hash = JWTVerifier.hash(text)
        return remembered.withLock { remembered in
            guard let found = remembered.value(for: hash) else { return nil }
            guard now < found.until else {
                remembered.remove(hash)
                return nil
            }
            return found.principal
        }
    }

    /// Whose token it is. It takes the time of a signature's verification, which no event loop should wait for.
    func verify(_ text: String, at now: Timestamp) throws(JWTRefusal) -> Principal {
        guard let (settings, number) = tokens?.current else { throw .header }
        var principal: Principal
        do throws(JWTRefusal) {
            principal = try JWTVerifier(settings).verify(text, at: now)
        } catch {
            // Never the token, and at a level that is off: any caller can cause it.
            logger.debug("a JWT does not count", metadata: ["reason": "\(error)"])
            throw error
        }
        principal.proofNumber = number
        let end = Timestamp(milliseconds: now.milliseconds + Self.memory)
        let found = Remembered(principal: principal, until: min(end, principal.expiresAt ?? end))
        let hash = JWTVerifier.hash(text)
        remembered.withLock { remembered in
            // What was read meanwhile may know the key no more.
            if tokens?.current.number == number { remembered.set(found, for: hash, cost: 1) }
        }
        return principal
    }

    /// Whom a client certificate stands for; nil when no file says that certificates are identities.
    func principal(of certificate: ClientCertificate) -> Principal? {
        guard let (identities, number) = certificates?.current else { return nil }
        var principal = identities.principal(of: certificate)
        principal.proofNumber = number
        return principal
    }

    /// True when the files still say what they said when the identity was proven.
    func isCurrent(_ principal: Principal) -> Bool {
        switch principal.kind {
        case .jwt: principal.proofNumber == tokens?.current.number
        case .certificate: principal.proofNumber == certificates?.current.number
        default: true
        }
    }
}
