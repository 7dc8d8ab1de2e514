/// Whom a client trusts to be a registry, and how it identifies itself, over TLS 1.2 or 1.3.
///
/// The certificate of a registry is always verified, its name too. The files are PEM; they are read again at every connection,
/// so that they can be replaced while the client runs.
///
/// It is made by the module and product `RegistryClientTLS`, which brings the library that encrypts: a program that reaches its
/// registry on its own machine does not build it.
///
/// ```swift
/// import RegistryClientTLS
///
/// let registry = try RegistryClient(
///     url: "https://registry.example:8000", credentials: .tokenFile("/run/secrets/token"),
///     tls: RegistryTLS(caFile: "/etc/configbus/ca.pem"))
/// ```
public struct RegistryTLS: Sendable {
    /// The CAs that are trusted, and no others; nil for those that the system trusts.
    public var caFile: String?
    /// The client's own certificate, followed by those that lead to its CA; nil without one.
    public var clientCertificateFile: String?
    /// The private key of the client's certificate, without a passphrase.
    public var clientKeyFile: String?

    /// Makes what encrypts the connections of a client.
    let makeEncryption: EncryptionMaker

    /// Names the files; nothing is read.
    ///
    /// - Parameter makeEncryption: makes what encrypts the connections of a client.
    package init(
        caFile: String?, clientCertificateFile: String?, clientKeyFile: String?,
        makeEncryption: @escaping EncryptionMaker
    ) {
        self.caFile = caFile
        self.clientCertificateFile = clientCertificateFile
        self.clientKeyFile = clientKeyFile
        self.makeEncryption = makeEncryption
    }

    /// Throws `RegistryClientError` with code `invalidRequest` when the files cannot be used.
    package typealias EncryptionMaker =
        @Sendable (RegistryTLS) throws(RegistryClientError) -> any ConnectionEncryption
}

extension RegistryTLS: Equatable {
    /// Whether the same files are named.
    public static func == (left: RegistryTLS, right: RegistryTLS) -> Bool {
        (left.caFile, left.clientCertificateFile, left.clientKeyFile)
            == (right.caFile, right.clientCertificateFile, right.clientKeyFile)
    }
}
