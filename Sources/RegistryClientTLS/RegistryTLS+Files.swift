public import RegistryClient

extension RegistryTLS {
    /// Names the files; nothing is read.
    ///
    /// - Parameters:
    ///   - caFile: the CAs that are trusted, and no others; nil for those that the system trusts.
    ///   - clientCertificateFile: the client's own certificate, followed by those that lead to its CA; nil without one.
    ///   - clientKeyFile: the private key of the client's certificate, without a passphrase.
    public init(caFile: String? = nil, clientCertificateFile: String? = nil, clientKeyFile: String? = nil) {
        self.init(
            caFile: caFile, clientCertificateFile: clientCertificateFile, clientKeyFile: clientKeyFile
        ) { tls throws(RegistryClientError) in
            try ClientEncryption(tls)
        }
    }
}
