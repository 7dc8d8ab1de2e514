/// Whom a client trusts to be a registry, and how it identifies itself, over TLS 1.2 or 1.3.
///
/// The certificate of a registry is always verified, its name too. The files are PEM; they are read again at every connection,
/// so that they can be replaced while the client runs.
///
/// ```swift
/// let registry = try RegistryClient(
///     url: "https://registry.example:8000", credentials: .tokenFile("/run/secrets/token"),
///     tls: RegistryTLS(caFile: "/etc/configbus/ca.pem"))
/// ```
public struct RegistryTLS: Sendable, Equatable {
    /// The CAs that are trusted, and no others; nil for those that the system trusts.
    public var caFile: String?
    /// The client's own certificate, followed by those that lead to its CA; nil without one.
    public var clientCertificateFile: String?
    /// The private key of the client's certificate, without a passphrase.
    public var clientKeyFile: String?

    /// Names the files; nothing is read.
    public init(caFile: String? = nil, clientCertificateFile: String? = nil, clientKeyFile: String? = nil) {
        self.caFile = caFile
        self.clientCertificateFile = clientCertificateFile
        self.clientKeyFile = clientKeyFile
    }
}
