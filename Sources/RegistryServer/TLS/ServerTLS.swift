import ConfigModel
package import Logging
import NIOSSL
import ServiceLifecycle
import Synchronization

/// The certificate that the server shows to new connections: what its files hold now, or held when they could last be used.
///
/// Two files that belong together cannot be replaced at the same time. A pair that does not fit is therefore normal for a
/// moment, and the old one stays until the new one is whole.
package final class ServerTLS: Service {
    /// What is to be known about it from outside.
    package struct Status: Sendable, Equatable {
        /// The last second at which the server's certificate is valid, since 1970.
        package let certificateEnd: Int64
        /// The same of the client CA; nil without one.
        package let clientAuthorityEnd: Int64?
        /// How often the files held something that could not be used.
        package let failures: Int
        /// How often they held something new that was taken.
        package let reloads: Int
        /// Why what they hold now cannot be used; nil when it is in use.
        package let problem: String?
    }

    private struct State {
        var identity: ServerIdentity
        /// What was read last, used or not: the same is not tried and reported twice.
        var lastRead: Result<ServerTLSContents, UnusableCertificate>
        var failures = 0
        var reloads = 0
        var problem: String?
    }

    private static let period: Duration = .seconds(10)

    private let files: ServerTLSFiles
    private let logger: Logger
    private let now: @Sendable () -> Int64
    private let state: Mutex<State>

    /// Reads the files.
    ///
    /// - Parameter now: seconds since 1970.
    /// - Throws: `UnusableCertificate` when they cannot be used: there is nothing to fall back to.
    package init(
        _ files: ServerTLSFiles, logger: Logger,
        now: @escaping @Sendable () -> Int64 = { Timestamp.now.milliseconds / 1_000 }
    ) throws(UnusableCertificate) {
        let contents = try ServerTLSContents(reading: files)
        let identity = try ServerIdentity(contents, of: files, now: now())
        self.files = files
        self.logger = logger
        self.now = now
        state = Mutex(State(identity: identity, lastRead: .success(contents)))
    }

    /// What a new connection takes.
    var present: (context: NIOSSLContext, clients: ClientAuthority?) {
        state.withLock { ($0.identity.context, $0.identity.clients) }
    }

    /// How it is at the moment.
    package var status: Status {
        state.withLock {
            Status(
                certificateEnd: $0.identity.certificateEnd, clientAuthorityEnd: $0.identity.clientAuthorityEnd,
                failures: $0.failures, reloads: $0.reloads, problem: $0.problem)
        }
    }

    /// Looks at the files, and takes what they hold for new connections if it can be used. Open connections stay as they are.
    package func reload() {
        let read: Result<ServerTLSContents, UnusableCertificate>
        do throws(UnusableCertificate) {
            read = .success(try ServerTLSContents(reading: files))
        } catch {
            read = .failure(error)
        }
        // One at a time, so that a slow reader of old files does not replace what another one found.
        state.withLock { state in
            guard read != state.lastRead else { return }
            state.lastRead = read
            do throws(UnusableCertificate) {
                state.identity = try ServerIdentity(try read.get(), of: files, now: now())
                state.problem = nil
                state.reloads += 1
                logger.notice(
                    "new connections get a new certificate",
                    metadata: [
                        "certificate": "\(files.certificate)",
                        "ends": "\(Timestamp(milliseconds: state.identity.certificateEnd * 1_000))",
                    ])
            } catch {
                state.failures += 1
                state.problem = error.description
                logger.error(
                    "the certificate stays the one before: what its files hold cannot be used",
                    metadata: ["reason": "\(error)"])
            }
        }
    }
}

extension ServerTLS {
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
