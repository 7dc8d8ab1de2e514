import AsyncSupport
import ConfigModel
import NIOCore
import NIOSSL
import RegistryClient
import Synchronization

/// The TLS of connections to one registry, made of what its files hold at each connection.
final class ClientEncryption: ConnectionEncryption {
    private struct Contents: Sendable, Equatable {
        let authorities: [UInt8]?
        let certificate: [UInt8]?
        let key: [UInt8]?
    }

    private let tls: RegistryTLS
    /// Made anew only when a file changed: reading what the system trusts takes a while.
    private let present = Mutex<(contents: Contents, context: NIOSSLContext)?>(nil)

    /// - Throws: `RegistryClientError` with code `invalidRequest` when the files cannot be used.
    init(_ tls: RegistryTLS) throws(RegistryClientError) {
        self.tls = tls
        guard (tls.clientCertificateFile == nil) == (tls.clientKeyFile == nil) else {
            throw RegistryClientError(
                .invalidRequest, "A client certificate and its key come together: name the files of both.")
        }
        do {
            _ = try context()
        } catch {
            throw RegistryClientError(.invalidRequest, error.reason)
        }
    }

    func current() throws(TLSFailure) -> any ConnectionEncrypter { ContextEncrypter(context: try context()) }

    func certificateEnd(of channel: any Channel) throws -> Timestamp? {
        let client = try channel.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self)
        return client.peerCertificate.map { Timestamp(milliseconds: Int64($0.notValidAfter) * 1_000) }
    }

    private func context() throws(TLSFailure) -> NIOSSLContext {
        let contents = Contents(
            authorities: try Self.read(tls.caFile), certificate: try Self.read(tls.clientCertificateFile),
            key: try Self.read(tls.clientKeyFile))
        if let present = present.withLock({ $0 }), present.contents == contents { return present.context }
        let context = try context(of: contents)
        present.withLock { $0 = (contents, context) }
        return context
    }

    private func context(of contents: Contents) throws(TLSFailure) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        // The library's own default allows 1.0.
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        configuration.shutdownTimeout = .seconds(1)
        if let authorities = contents.authorities {
            configuration.trustRoots = .certificates(try Self.certificates(authorities, in: tls.caFile))
        }
        if let certificate = contents.certificate, let key = contents.key {
            configuration.certificateChain =
                try Self.certificates(certificate, in: tls.clientCertificateFile).map { .certificate($0) }
            guard let key = try? NIOSSLPrivateKey(bytes: key, format: .pem) else {
                throw TLSFailure(
                    "\(tls.clientKeyFile ?? "") holds no private key in PEM, or one with a passphrase.")
            }
            configuration.privateKey = .privateKey(key)
        }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw TLSFailure(
                tls.clientKeyFile.map { "The key in \($0) does not belong to the client certificate." }
                    ?? "There can be no encrypted connection from here: \(error).")
        }
    }

    private static func read(_ path: String?) throws(TLSFailure) -> [UInt8]? {
        guard let path else { return nil }
        do {
            // A mounted secret is a link.
            return try RegularFile.read(path, followingLinks: true, limit: 16 << 20)
        } catch {
            throw TLSFailure("\(path) cannot be read: \(error)")
        }
    }

    private static func certificates(
        _ bytes: [UInt8], in path: String?
    ) throws(TLSFailure) -> [NIOSSLCertificate] {
        let certificates = (try? NIOSSLCertificate.fromPEMBytes(bytes)) ?? []
        guard !certificates.isEmpty else {
            throw TLSFailure("\(path ?? "") holds no certificate in PEM.")
        }
        return certificates
    }
}

/// Encrypts with what the files held.
private struct ContextEncrypter: ConnectionEncrypter {
    let context: NIOSSLContext

    func addHandlers(to pipeline: ChannelPipeline.SynchronousOperations, serverName: String?) throws {
        let client = try NIOSSLClientHandler(context: context, serverHostname: serverName)
        try pipeline.addHandlers(client, TLSErrorHandler(client))
    }
}
