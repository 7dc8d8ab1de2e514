import AsyncSupport
import ConfigModel
import NIOCore
import NIOSSL

/// The PEM files with which a server identifies itself, and its clients are verified.
package struct ServerTLSFiles: Sendable, Equatable {
    /// What is wanted of a client.
    package enum ClientCertificates: Sendable, Equatable {
        /// One that shows a certificate must have a good one.
        case optional
        /// Without a good one there is no connection.
        case required
    }

    /// The server's certificate, followed by those that lead to its CA.
    package var certificate: String
    /// Its private key, not protected by a passphrase.
    package var key: String
    /// The CA whose certificates count for clients, and no other; nil when no client is to show one.
    package var clientAuthority: String?
    /// What is wanted of a client, when there is a CA.
    package var clientCertificates: ClientCertificates

    /// Names the files; nothing is read.
    package init(
        certificate: String, key: String, clientAuthority: String? = nil,
        clientCertificates: ClientCertificates = .optional
    ) {
        self.certificate = certificate
        self.key = key
        self.clientAuthority = clientAuthority
        self.clientCertificates = clientCertificates
    }
}

/// Why files cannot be used.
package struct UnusableCertificate: Error, Equatable, CustomStringConvertible {
    /// A sentence with the file's path.
    package let description: String

    init(_ description: String) { self.description = description }
}

/// The content of a CA's file: two that are equal accept the same clients.
struct ClientAuthority: Sendable, Equatable {
    let bytes: [UInt8]
}

/// What the files held when they were read.
struct ServerTLSContents: Sendable, Equatable {
    let certificate: [UInt8]
    let key: [UInt8]
    let clientAuthority: ClientAuthority?

    init(reading files: ServerTLSFiles) throws(UnusableCertificate) {
        certificate = try Self.read(files.certificate)
        key = try Self.read(files.key)
        if let path = files.clientAuthority {
            clientAuthority = ClientAuthority(bytes: try Self.read(path))
        } else {
            clientAuthority = nil
        }
    }

    private static func read(_ path: String) throws(UnusableCertificate) -> [UInt8] {
        do {
            // A mounted secret is a link to what holds at the moment.
            return try RegularFile.read(path, followingLinks: true, limit: 1 << 20)
        } catch {
            throw UnusableCertificate("\(path) cannot be read: \(error)")
        }
    }
}

/// A certificate with its key, ready for connections.
struct ServerIdentity: Sendable {
    let context: NIOSSLContext
    let clients: ClientAuthority?
    /// The last second at which the certificate is valid, since 1970.
    let certificateEnd: Int64
    /// The same of the client CA's certificate that ends first.
    let clientAuthorityEnd: Int64?

    /// - Parameter now: seconds since 1970.
    /// - Throws: the reason for which these contents cannot be used.
    init(_ contents: ServerTLSContents, of files: ServerTLSFiles, now: Int64) throws(UnusableCertificate) {
        let chain = try Self.certificates(contents.certificate, in: files.certificate)
        try Self.check(chain[0], in: files.certificate, now: now)
        let authorities = try contents.clientAuthority.map { authority throws(UnusableCertificate) in
            try Self.certificates(authority.bytes, in: files.clientAuthority ?? "")
        }
        let key = try Self.key(contents.key, in: files.key)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        // The library's own default allows 1.0.
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
        configuration.applicationProtocols = ["http/1.1"]
        // A client need not answer the farewell; one that does not keeps a stopping server this long.
        configuration.shutdownTimeout = .seconds(1)
        if let authorities {
            configuration.trustRoots = .certificates(authorities)
            configuration.certificateVerification =
                files.clientCertificates == .required ? .noHostnameVerification : .optionalVerification
        }
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw UnusableCertificate(
                "The key in \(files.key) does not belong to the certificate in \(files.certificate).")
        }
        clients = contents.clientAuthority
        certificateEnd = Int64(chain[0].notValidAfter)
        clientAuthorityEnd = authorities?.map { Int64($0.notValidAfter) }.min()
    }

    private static func certificates(
        _ bytes: [UInt8], in path: String
    ) throws(UnusableCertificate) -> [NIOSSLCertificate] {
        let certificates = (try? NIOSSLCertificate.fromPEMBytes(bytes)) ?? []
        guard !certificates.isEmpty else { throw UnusableCertificate("\(path) holds no certificate in PEM.") }
        return certificates
    }

    private static func key(_ bytes: [UInt8], in path: String) throws(UnusableCertificate) -> NIOSSLPrivateKey {
        do {
            return try NIOSSLPrivateKey(bytes: bytes, format: .pem)
        } catch {
            throw UnusableCertificate("\(path) holds no private key in PEM, or one with a passphrase.")
        }
    }

    private static func check(
        _ certificate: NIOSSLCertificate, in path: String, now: Int64
    ) throws(UnusableCertificate) {
        let (start, end) = (Int64(certificate.notValidBefore), Int64(certificate.notValidAfter))
        if end < now {
            throw UnusableCertificate("The certificate in \(path) ended at \(Timestamp(milliseconds: end * 1_000)).")
        }
        if start > now {
            throw UnusableCertificate(
                "The certificate in \(path) is not valid before \(Timestamp(milliseconds: start * 1_000)).")
        }
    }
}
